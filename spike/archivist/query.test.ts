import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { NOBODY } from '../client/world-constants.ts';
import { Archive } from './archive.ts';
import { search } from './query.ts';

let folder: string;
let file: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spellkave-query-'));
  file = join(folder, 'archive.sqlite');
  const archive = new Archive(file);
  const event = { version: 1, tick: 1n, kind: 'say', object: NOBODY, quantity: 0, gold: 0, request: 0n };
  const agents = new Map([
    [3, 'Åsa'],
    [5, 'Odo'],
  ]);
  const places = new Map([[1, 'The 100% Market']]);
  const events = Array.from({ length: 9 }, (_, index) => ({
    ...event,
    id: BigInt(index + 1),
    at: BigInt(index + 1) * 1_000_000n,
    subject: 3 + (index % 3),
    place: 1 + (index % 2),
    words: `${index + 1}`,
  }));
  archive.store(events, { agents, places });
  archive.close();
});
test.afterAll(() => rmSync(folder, { recursive: true }));

const numbers = (query: object) => search(file, { limit: 50, ...query }).map(({ id }) => id);

test('the newest come last, and the limit keeps them', () => {
  expect(numbers({})).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(numbers({ limit: 2 })).toEqual([8, 9]);
});

test('who, where, since and until each narrow it, and capitals do not count', () => {
  expect(numbers({ who: 'åSA' })).toEqual([1, 4, 7]);
  expect(numbers({ where: 'market' })).toEqual([1, 3, 5, 7, 9]);
  expect(numbers({ where: '0%' })).toEqual([1, 3, 5, 7, 9]);
  expect(numbers({ since: 3_000_000n, until: 5_000_000n })).toEqual([3, 4, 5]);
  expect(numbers({ who: 'Odo', where: 'Market', until: 8_999_999n })).toEqual([3]);
  expect(numbers({ since: 10_000_000n })).toEqual([]);
});

test('what has no name is called by its number', () => {
  expect(search(file, { limit: 50 })[1]).toMatchObject({ who: 'agent 4', where: 'place 2' });
});

test('distinguishes an unknown name from a name without events', () => {
  expect(() => numbers({ who: 'Nobody' })).toThrow('The archive has no agent called "Nobody".');
  expect(() => numbers({ where: '_' })).toThrow('The archive has no place whose name contains "_".');
});
