import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { entry, SEGMENT_HEADER, stating, writeSegment } from './commit-log.fixture.ts';
import { damagedEntries } from './damaged-log.ts';

let data: string;

test.beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'spellkave-log-'))));
test.afterEach(() => rmSync(data, { recursive: true }));

test('finds an entry that states a length past the end while others follow it', () => {
  const file = writeSegment(data, 0, entry(0), stating(1_000_000, entry(1)), entry(2), entry(3));
  expect(damagedEntries(data)).toEqual([{ file, at: SEGMENT_HEADER + entry(0).length }]);
});

test('finds it where only one entry follows', () => {
  const file = writeSegment(data, 7, stating(1_000_000, entry(7)), entry(8));
  expect(damagedEntries(data)).toEqual([{ file, at: SEGMENT_HEADER }]);
});

for (const [title, entries] of [
  ['a whole log', [entry(0), entry(1), entry(2)]],
  ['a log without entries', []],
  ['a log whose last entry was cut off', [entry(0), entry(1).subarray(0, 40)]],
  ['a log whose last entry was cut off in its header', [entry(0), entry(1).subarray(0, 9)]],
  [
    'a cut-off entry that happens to hold the next number',
    [entry(0), stating(500, entry(1)), Buffer.of(2, 0, 0, 0, 0, 0, 0, 0)],
  ],
  ['an entry with a length inside the file, which the host notices', [entry(0), stating(33, entry(1)), entry(2)]],
] as const) {
  test(`accepts ${title}`, () => {
    writeSegment(data, 0, ...entries);
    expect(damagedEntries(data)).toEqual([]);
  });
}

test('looks at the newest segment, because the host notices damage in an older one', () => {
  writeSegment(data, 0, stating(1_000_000, entry(0)), entry(1), entry(2));
  writeSegment(data, 3, entry(3), entry(4));
  expect(damagedEntries(data)).toEqual([]);
});

test('accepts a folder without a world', () => {
  expect(damagedEntries(data)).toEqual([]);
});
