import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { cutTornHeaders } from './torn-header.ts';

const HEADER = 22;
const [NEWEST, OLDER] = ['00000000000000000002.stdb.log', '00000000000000000000.stdb.log'];

let data: string;

test.beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'spellkave-torn-'))));
test.afterEach(() => rmSync(data, { recursive: true }));

/** An entry of one transaction with that number. */
function entry(number: number): Buffer {
  const buffer = Buffer.alloc(HEADER + 30 + 4, 0xab);
  buffer.writeBigUInt64LE(BigInt(number), 0);
  buffer.writeUInt16LE(1, 16);
  buffer.writeUInt32LE(30, 18);
  return buffer;
}

function segment(name: string, ...parts: Buffer[]): string {
  const folder = join(data, 'replicas', '1', 'clog');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), Buffer.concat([Buffer.alloc(10), ...parts]));
  return join(folder, name);
}

for (const bytes of [1, 8, HEADER - 1]) {
  test(`${bytes} bytes of a header at the end are cut off, and whole entries stay`, () => {
    const file = segment(NEWEST, entry(2), entry(3), entry(4).subarray(0, bytes));
    const whole = 10 + 2 * entry(2).length;
    expect(cutTornHeaders(data)).toEqual([{ file, at: whole, bytes }]);
    expect(readFileSync(file)).toEqual(Buffer.concat([Buffer.alloc(10), entry(2), entry(3)]));
    expect(cutTornHeaders(data)).toEqual([]);
  });
}

for (const [title, parts] of [
  ['a log that ends with a whole entry', [entry(2)]],
  ['a log without entries', []],
  ['an entry that was cut off behind its header, which the host notices', [entry(2), entry(3).subarray(0, HEADER + 1)]],
] as const) {
  test(`${title} stays as it is`, () => {
    const file = segment(NEWEST, ...parts);
    const before = readFileSync(file);
    expect(cutTornHeaders(data)).toEqual([]);
    expect(readFileSync(file)).toEqual(before);
  });
}

test('only the newest segment of a log is touched, and a missing folder has no log', () => {
  segment(OLDER, entry(0), entry(1).subarray(0, 5));
  segment(NEWEST, entry(2));
  expect(cutTornHeaders(data)).toEqual([]);
  expect(cutTornHeaders(join(data, 'missing'))).toEqual([]);
});
