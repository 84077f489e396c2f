import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { shareKeys } from './region-keys.ts';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spellkave-keys-'));
  mkdirSync(join(folder, 'keys'));
  writeFileSync(join(folder, 'keys/id_ecdsa'), 'private', { mode: 0o600 });
  writeFileSync(join(folder, 'keys/id_ecdsa.pub'), 'public', { mode: 0o600 });
});
test.afterEach(() => rmSync(folder, { recursive: true }));

test('a region gets the keys of the first one, for its user alone', () => {
  const shore = join(folder, 'shore');
  shareKeys(folder, shore);
  shareKeys(folder, shore);
  expect(readFileSync(join(shore, 'keys/id_ecdsa'), 'utf8')).toBe('private');
  expect(statSync(join(shore, 'keys')).mode & 0o077).toBe(0);
  expect(statSync(join(shore, 'keys/id_ecdsa')).mode & 0o077).toBe(0);
});

test('a region with another key is refused, and keeps it', () => {
  const shore = join(folder, 'shore');
  mkdirSync(join(shore, 'keys'), { recursive: true });
  writeFileSync(join(shore, 'keys/id_ecdsa'), 'another');
  expect(() => shareKeys(folder, shore)).toThrow(
    `${shore}/keys holds another key than ${folder}/keys, and the regions of one world share theirs: copy`,
  );
  expect(readFileSync(join(shore, 'keys/id_ecdsa'), 'utf8')).toBe('another');
});
