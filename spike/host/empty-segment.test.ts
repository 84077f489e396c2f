import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { removeEmptySegments } from './empty-segment.ts';

let data: string;

test.beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'spellkave-log-'))));
test.afterEach(() => rmSync(data, { recursive: true }));

/** A log whose segments have these contents. */
function log(...segments: string[]): string {
  const folder = join(data, 'replicas', '1', 'clog');
  mkdirSync(folder, { recursive: true });
  segments.forEach((text, index) => writeFileSync(join(folder, `${String(index).padStart(20, '0')}.stdb.log`), text));
  return folder;
}

test('removes the empty segment that a full disk leaves at the end of a log', () => {
  const folder = log('old', '');
  expect(removeEmptySegments(data)).toEqual([join(folder, '00000000000000000001.stdb.log')]);
  expect(readdirSync(folder)).toEqual(['00000000000000000000.stdb.log']);
});

for (const [title, segments] of [
  ['a log without an empty segment', ['old', 'new']],
  ['an empty segment that is not the newest', ['old', '', 'new']],
  ['the only segment', ['']],
] as const) {
  test(`leaves ${title} alone`, () => {
    const folder = log(...segments);
    expect(removeEmptySegments(data)).toEqual([]);
    expect(readdirSync(folder)).toHaveLength(segments.length);
  });
}

test('a folder without databases has none', () => {
  expect(removeEmptySegments(data)).toEqual([]);
});
