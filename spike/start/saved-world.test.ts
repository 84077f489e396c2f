import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { loadWorld, saveWorld, type SavedWorld } from './saved-world.ts';

const WORLD: SavedWorld = {
  owner: { identity: 'a', token: 'a-token' },
  thinker: { identity: 'b', token: 'b-token' },
  module: '',
  founded: false,
};

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spellkave-saved-'));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

test('saves a world for its user alone, and finds it again', () => {
  expect(loadWorld(folder)).toBeUndefined();
  saveWorld(folder, WORLD);
  saveWorld(folder, { ...WORLD, founded: true });
  expect(loadWorld(folder)).toEqual({ ...WORLD, founded: true });
  expect(statSync(join(folder, 'world.json')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['world.json']);
});

test('does not write an unchanged world again', () => {
  const inode = () => statSync(join(folder, 'world.json')).ino;
  saveWorld(folder, WORLD);
  const before = inode();
  saveWorld(folder, WORLD);
  expect(inode()).toBe(before);
  saveWorld(folder, { ...WORLD, founded: true });
  expect(inode()).not.toBe(before);
});

test('names a file that was cut off, and leaves it as it is', () => {
  const file = join(folder, 'world.json');
  writeFileSync(file, '{"owner": ');
  expect(() => loadWorld(folder)).toThrow(`${file} is damaged; \`npm start -- --new-world\` moves the world aside:`);
  expect(readFileSync(file, 'utf8')).toBe('{"owner": ');
});
