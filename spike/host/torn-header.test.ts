import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { entry, HEADER, SEGMENT_HEADER, writeSegment } from './commit-log.fixture.ts';
import { cutTornHeaders } from './torn-header.ts';

let data: string;

test.beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'spellkave-torn-'))));
test.afterEach(() => rmSync(data, { recursive: true }));

for (const bytes of [1, 8, HEADER - 1]) {
  test(`${bytes} bytes of a header at the end are cut off, and whole entries stay`, () => {
    const file = writeSegment(data, 2, entry(2), entry(3), entry(4).subarray(0, bytes));
    const whole = SEGMENT_HEADER + 2 * entry(2).length;
    expect(cutTornHeaders(data)).toEqual([{ file, at: whole, bytes }]);
    expect(readFileSync(file)).toEqual(Buffer.concat([Buffer.alloc(SEGMENT_HEADER), entry(2), entry(3)]));
    expect(cutTornHeaders(data)).toEqual([]);
  });
}

for (const [title, parts] of [
  ['a log that ends with a whole entry', [entry(2)]],
  ['a log without entries', []],
  ['an entry that was cut off behind its header, which the host notices', [entry(2), entry(3).subarray(0, HEADER + 1)]],
] as const) {
  test(`${title} stays as it is`, () => {
    const file = writeSegment(data, 2, ...parts);
    const before = readFileSync(file);
    expect(cutTornHeaders(data)).toEqual([]);
    expect(readFileSync(file)).toEqual(before);
  });
}

test('only the newest segment of a log is touched, and a missing folder has no log', () => {
  writeSegment(data, 0, entry(0), entry(1).subarray(0, 5));
  writeSegment(data, 2, entry(2));
  expect(cutTornHeaders(data)).toEqual([]);
  expect(cutTornHeaders(join(data, 'missing'))).toEqual([]);
});
