import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'playwright/test';
import { Archive, type ArchivedEvent } from './archive.ts';

const NO_NAMES = { agents: new Map<number, string>(), places: new Map<number, string>() };
const WORLD = { database: 'w', foundedAt: 1_000_000n };
const event: ArchivedEvent = {
  id: 7n,
  tick: 1n,
  at: 1_000_000n,
  place: 2,
  agent: 3,
  hearer: 4_294_967_295,
  request: 4n,
  text: 'says: Å',
};

let folder: string;
let file: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spellkave-archive-'));
  file = join(folder, 'archive.sqlite');
});
test.afterEach(() => rmSync(folder, { recursive: true }));

test('what was stored is there after the file was closed, and storing it again changes nothing', () => {
  const first = new Archive(file);
  first.store([event, { ...event, id: 8n }], NO_NAMES);
  first.close();
  const second = new Archive(file);
  second.store([event], NO_NAMES);
  expect(second.all()).toEqual([event, { ...event, id: 8n }]);
  expect(second.last()).toBe(8n);
  second.close();
});

test('each field that differs under the same id refuses the whole batch', () => {
  const archive = new Archive(file);
  archive.store([event], NO_NAMES);
  const others: Partial<ArchivedEvent>[] = [
    { tick: 2n },
    { at: 2n },
    { place: 9 },
    { agent: 9 },
    { hearer: 9 },
    { request: 9n },
    { text: 'x' },
  ];
  for (const other of others) {
    const [field = ''] = Object.keys(other);
    expect(() =>
      archive.store(
        [
          { ...event, id: 6n },
          { ...event, ...other },
        ],
        NO_NAMES,
      ),
    ).toThrow(`Event 7 has the ${field} "`);
  }
  expect(archive.all()).toEqual([event]);
  archive.close();
});

test('two may write into one file', () => {
  const [first, second] = [new Archive(file), new Archive(file)];
  first.store([event], NO_NAMES);
  second.store([event, { ...event, id: 8n }], NO_NAMES);
  expect(first.all()).toHaveLength(2);
  first.close();
  second.close();
});

test('a file belongs to the first world that it was used for', () => {
  const archive = new Archive(file);
  archive.belongTo(WORLD);
  archive.belongTo(WORLD);
  for (const other of [
    { ...WORLD, foundedAt: 2_000_000n },
    { ...WORLD, database: 'x' },
  ])
    expect(() => archive.belongTo(other)).toThrow('holds the past of the world "w"');
  archive.close();
});

test('a file that is no archive, or a newer one, is refused and left as it is', () => {
  writeFileSync(file, 'a shopping list that is long enough not to be taken for an empty file');
  expect(() => new Archive(file)).toThrow(`Cannot use ${file} as an archive: file is not a database.`);

  const elsewhere = join(folder, 'other.sqlite');
  const other = new DatabaseSync(elsewhere);
  other.exec('CREATE TABLE shopping (item TEXT); PRAGMA user_version = 1');
  expect(() => new Archive(elsewhere)).toThrow('it holds something else');
  expect(other.prepare('SELECT name FROM sqlite_schema').all()).toHaveLength(1);
  other.close();

  const newer = join(folder, 'newer.sqlite');
  new Archive(newer).close();
  const next = new DatabaseSync(newer);
  next.exec('PRAGMA user_version = 2');
  next.close();
  expect(() => new Archive(newer)).toThrow('it has the version 2, and this program knows 1');
});
