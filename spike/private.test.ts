import { chmodSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'playwright/test';
import { makeWorldPrivate } from './host/world-folder.ts';
import { privateFile, privateFolder, tighten, tightenAll } from './private.ts';

const UMASKS = [0o000, 0o002, 0o022, 0o077] as const;

let root: string;
const usual = process.umask();
test.beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spellkave-private-'));
});
test.afterEach(() => {
  process.umask(usual);
  rmSync(root, { recursive: true });
});

const modeOf = (...path: string[]) => `0${(lstatSync(join(root, ...path)).mode & 0o7777).toString(8)}`;
/** A file of a time when nobody thought of rights. */
function open(...path: string[]): void {
  const file = join(root, ...path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  chmodSync(file, 0o666);
  for (let folder = dirname(file); folder !== root; folder = dirname(folder)) chmodSync(folder, 0o777);
}

for (const umask of UMASKS)
  test(`what is created under umask ${umask.toString(8)} is private`, () => {
    process.umask(umask);
    privateFolder(join(root, 'above/folder'));
    privateFile(join(root, 'file'));
    expect([modeOf('above'), modeOf('above/folder'), modeOf('file')]).toEqual(['0700', '0700', '0600']);
  });

test('takes no rights from the user', () => {
  open('program');
  chmodSync(join(root, 'program'), 0o755);
  expect(tighten(join(root, 'program'))).toBe(true);
  expect(modeOf('program')).toBe('0700');
  open('read-only');
  chmodSync(join(root, 'read-only'), 0o444);
  tighten(join(root, 'read-only'));
  expect(modeOf('read-only')).toBe('0400');
});

test('what links inside of a folder lead to stays as it is', () => {
  open('elsewhere/file');
  open('world/file');
  symlinkSync(join(root, 'elsewhere/file'), join(root, 'world/link'));
  symlinkSync(join(root, 'elsewhere'), join(root, 'world/folder'));
  symlinkSync(join(root, 'nowhere'), join(root, 'world/dangling'));
  expect(tightenAll(join(root, 'world'))).toEqual([]);
  expect([modeOf('world/file'), modeOf('elsewhere'), modeOf('elsewhere/file')]).toEqual(['0600', '0777', '0666']);
});

test('a world of an earlier version becomes private with all that belongs to it, and nothing else does', () => {
  const own = [
    ...['data/logs/1.log', 'data/snapshots/1/object', 'keys/id_ecdsa', 'keys/id_ecdsa.pub', 'host.log', 'thinker.log'],
    ...['archive.sqlite', 'archive.sqlite-wal', 'archive.sqlite-shm', 'world.json', 'world.json.7.new'],
  ];
  const others = ['public/index.html', 'README.md'];
  for (const file of [...own, ...others]) open('world', file);
  expect(makeWorldPrivate(join(root, 'world'))).toEqual([]);
  for (const file of own) expect([file, modeOf('world', file)]).toEqual([file, '0600']);
  for (const folder of ['', 'data', 'data/logs', 'data/snapshots/1', 'keys'])
    expect([folder, modeOf('world', folder)]).toEqual([folder, '0700']);
  for (const file of others) expect([file, modeOf('world', file)]).toEqual([file, '0666']);
  expect(modeOf('world/public')).toBe('0777');
});

test('a world whose data lies on another disk becomes private there', () => {
  open('disk/data/log');
  open('world/world.json');
  symlinkSync(join(root, 'disk/data'), join(root, 'world/data'));
  makeWorldPrivate(join(root, 'world'));
  expect([modeOf('disk/data'), modeOf('disk/data/log')]).toEqual(['0700', '0600']);
});
