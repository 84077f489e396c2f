import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { readMap } from './map.ts';

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spellkave-map-'));
});
test.afterAll(() => rmSync(folder, { recursive: true }));

function mapOf(text: string): string {
  const file = join(folder, 'map.json');
  writeFileSync(file, text);
  return file;
}

test('the map of this world has the right shape', () => {
  expect(readMap().places.length).toBeGreaterThan(0);
});

test('names every wrong field of a map', () => {
  const file = mapOf(
    JSON.stringify({ ...readMap(), places: [{ key: 'Bad Key', name: 'x', description: 'y' }], weather: 'fine' }),
  );
  expect(() => readMap(file)).toThrow(/places\[0\]\.key[^]*weather|weather[^]*places\[0\]\.key/);
});

test('names a map that is not JSON', () => {
  const file = mapOf('{ "name": ');
  expect(() => readMap(file)).toThrow(`${file}: `);
});
