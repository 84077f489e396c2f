import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { damagedEntries } from './damaged-log.ts';

const HEADER = Buffer.alloc(10);
const LENGTH_AT = 18;

let data: string;

test.beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'spellkave-log-'))));
test.afterEach(() => rmSync(data, { recursive: true }));

/** A commit of one transaction that holds so many bytes. */
function commit(first: number, bytes = 30): Buffer {
  const buffer = Buffer.alloc(22 + bytes + 4, 0xab);
  buffer.writeBigUInt64LE(BigInt(first), 0);
  buffer.writeBigUInt64LE(0n, 8);
  buffer.writeUInt16LE(1, 16);
  buffer.writeUInt32LE(bytes, LENGTH_AT);
  return buffer;
}

/** The same commit, which states another length. */
function stating(length: number, of: Buffer): Buffer {
  const copy = Buffer.from(of);
  copy.writeUInt32LE(length, LENGTH_AT);
  return copy;
}

function segment(first: number, ...commits: Buffer[]): string {
  const folder = join(data, 'replicas', '1', 'clog');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${String(first).padStart(20, '0')}.stdb.log`);
  writeFileSync(file, Buffer.concat([HEADER, ...commits]));
  return file;
}

test('finds an entry that states a length past the end while others follow it', () => {
  const file = segment(0, commit(0), stating(1_000_000, commit(1)), commit(2), commit(3));
  expect(damagedEntries(data)).toEqual([{ file, at: 10 + commit(0).length }]);
});

test('finds it where only one entry follows', () => {
  const file = segment(7, stating(1_000_000, commit(7)), commit(8));
  expect(damagedEntries(data)).toEqual([{ file, at: 10 }]);
});

for (const [title, commits] of [
  ['a whole log', [commit(0), commit(1), commit(2)]],
  ['a log without entries', []],
  ['a log whose last entry was cut off', [commit(0), commit(1).subarray(0, 40)]],
  ['a log whose last entry was cut off in its header', [commit(0), commit(1).subarray(0, 9)]],
  [
    'a cut-off entry that happens to hold the next number',
    [commit(0), stating(500, commit(1)), Buffer.of(2, 0, 0, 0, 0, 0, 0, 0)],
  ],
  ['an entry with a length inside the file, which the host notices', [commit(0), stating(33, commit(1)), commit(2)]],
] as const) {
  test(`accepts ${title}`, () => {
    segment(0, ...commits);
    expect(damagedEntries(data)).toEqual([]);
  });
}

test('looks at the newest segment, because the host notices damage in an older one', () => {
  segment(0, stating(1_000_000, commit(0)), commit(1), commit(2));
  segment(3, commit(3), commit(4));
  expect(damagedEntries(data)).toEqual([]);
});

test('accepts a folder without a world', () => {
  expect(damagedEntries(data)).toEqual([]);
});
