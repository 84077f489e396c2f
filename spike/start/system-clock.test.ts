import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { checkSystemClock } from './system-clock.ts';

const YEAR_MS = 365 * 86_400_000;
let folder: string;

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spellkave-clock-'));
  writeFileSync(join(folder, 'host.log'), '');
});
test.afterEach(() => rmSync(folder, { recursive: true }));

test('refuses a clock that is years behind the world, and names both dates', () => {
  expect(() => checkSystemClock(folder, new Date(0))).toThrow(
    /^The system's clock says 1970-01-01, and the world in .* was last written on 20\d\d-\d\d-\d\d: set the clock first/,
  );
});

test('accepts a clock that is a year behind, right, or years ahead', () => {
  for (const years of [-1, 0, 50]) checkSystemClock(folder, new Date(Date.now() + years * YEAR_MS));
});

test('accepts any clock for a world that is not there yet', () => {
  checkSystemClock(join(folder, 'new'), new Date(0));
  checkSystemClock(mkdtempSync(join(folder, 'empty-')), new Date(0));
});
