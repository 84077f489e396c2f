import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'playwright/test';
import { Archive, readEvents } from './archive.ts';
import { EVENT } from './archived-event.fixture.ts';
import type { ArchivedEvent } from './archived-event.ts';
import { digest } from './digest.ts';
import { search } from './query.ts';

const NO_NAMES = { agents: new Map<number, string>(), places: new Map<number, string>() };
const WORLD = { database: 'w', foundedAt: 1_000_000n };

let folder: string;
let file: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spellkave-archive-'));
  file = join(folder, 'archive.sqlite');
});
test.afterEach(() => rmSync(folder, { recursive: true }));

test('what was stored is there after the file was closed, and storing it again changes nothing', () => {
  const first = new Archive(file);
  first.store([EVENT, { ...EVENT, id: 8n }], NO_NAMES);
  first.close();
  const second = new Archive(file);
  second.store([EVENT], NO_NAMES);
  expect(second.all()).toEqual([EVENT, { ...EVENT, id: 8n }]);
  expect(second.last()).toBe(8n);
  second.close();
});

test('only the user can read an archive and what SQLite keeps next to it', () => {
  const usual = process.umask(0);
  const archive = new Archive(file);
  archive.store([EVENT], NO_NAMES);
  process.umask(usual);
  const names = readdirSync(folder).sort();
  expect(names).toEqual(['archive.sqlite', 'archive.sqlite-shm', 'archive.sqlite-wal']);
  for (const name of names) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  archive.close();
});

test('each field that differs under the same id refuses the whole batch', () => {
  const archive = new Archive(file);
  archive.store([EVENT], NO_NAMES);
  const others: Partial<ArchivedEvent>[] = [
    { tick: 2n },
    { at: 2n },
    { place: 9 },
    { kind: 'go' },
    { subject: 9 },
    { object: 9 },
    { quantity: 9 },
    { gold: 9 },
    { words: 'x' },
    { request: 9n },
  ];
  for (const other of others) {
    const [field = ''] = Object.keys(other);
    expect(() =>
      archive.store(
        [
          { ...EVENT, id: 6n },
          { ...EVENT, ...other },
        ],
        NO_NAMES,
      ),
    ).toThrow(`Event 7 has the ${field} "`);
  }
  expect(archive.all()).toEqual([EVENT]);
  archive.close();
});

test('two may write into one file', () => {
  const [first, second] = [new Archive(file), new Archive(file)];
  first.store([EVENT], NO_NAMES);
  second.store([EVENT, { ...EVENT, id: 8n }], NO_NAMES);
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

test('a file that is not an archive, or a newer one, is refused and left as it is', () => {
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
  next.exec('PRAGMA user_version = 4');
  next.close();
  expect(() => new Archive(newer)).toThrow('it has the version 4, and this program knows 1 to 3');
});

test('an archive of a world of one region takes further regions, and keeps what it holds', () => {
  copyFileSync('spike/archivist/fixtures/version-1.sqlite', file);
  const before = readEvents(file);
  const sentences = search(file, { limit: 50 });
  const archive = new Archive(file);
  expect(archive.all()).toEqual(before);
  expect(digest(archive.all())).toBe('71c66daf069dc22d09e97769beb058c2d961f03b2cc0239023b34aef12881d57');
  archive.close();
  expect(search(file, { limit: 50 })).toEqual(sentences);

  const again = new Archive(file);
  again.belongTo({ ...WORLD, region: { number: 1, name: 'South' } });
  again.store([EVENT], { agents: new Map([[3, 'Sif']]), places: new Map([[2, 'South Gate']]) }, 1);
  again.close();
  expect(readEvents(file)).toEqual(before);
  expect(readEvents(file, 1)).toEqual([EVENT]);
});

test('regions count their events and places by themselves, and one history shows them in order of time', () => {
  const archive = new Archive(file);
  for (const [number, name] of ['North', 'South'].entries())
    archive.belongTo({ database: name.toLowerCase(), foundedAt: 1n, region: { number, name } });
  const at = (seconds: number, id: bigint, words: string) => ({
    ...EVENT,
    id,
    words,
    at: BigInt(seconds) * 1_000_000n,
  });
  const names = (place: string) => ({ agents: new Map([[3, 'Mira']]), places: new Map([[2, place]]) });
  archive.store([at(1, 1n, 'first'), at(4, 2n, 'fourth')], names('North Gate'), 0);
  archive.store([at(2, 1n, 'second'), at(3, 2n, 'third')], names('South Gate'), 1);
  expect([archive.last(0), archive.last(1)]).toEqual([2n, 2n]);
  expect(() => archive.store([at(2, 1n, 'other')], names('South Gate'), 1)).toThrow('Event 1 has the words "other"');
  const wrong = { database: 'east', foundedAt: 1n, region: { number: 1, name: 'East' } };
  expect(() => archive.belongTo(wrong)).toThrow('holds the past of the world "south"');
  archive.close();
  const found = search(file, { limit: 50 });
  expect(found.map(({ words, region, where }) => [words, region, where])).toEqual([
    ['first', 'North', 'North Gate'],
    ['second', 'South', 'South Gate'],
    ['third', 'South', 'South Gate'],
    ['fourth', 'North', 'North Gate'],
  ]);
  const words = (query: object) => search(file, { limit: 50, ...query }).map((each) => each.words);
  expect(words({ limit: 2 })).toEqual(['third', 'fourth']);
  expect(words({ region: 'south' })).toEqual(['second', 'third']);
  expect(words({ where: 'north' })).toEqual(['first', 'fourth']);
  expect(() => words({ region: 'West' })).toThrow('The archive has no region called "West".');
});

for (const [form, sha256, version] of [
  ['former', '5e4ab3da475f8b176e49791fd1b2e59c78c5b9694a3db4682f131213ef20c0d5', 0],
  ['version-1', '71c66daf069dc22d09e97769beb058c2d961f03b2cc0239023b34aef12881d57', 1],
] as const) {
  test(`reads an archive of the form ${form}, whose digest is what it was when it was written`, () => {
    copyFileSync(`spike/archivist/fixtures/${form}.sqlite`, file);
    const events = readEvents(file);
    expect(events.map((each) => each.version)).toEqual(Array.from({ length: 7 }, () => version));
    expect(digest(events)).toBe(sha256);
    const sentences = search(file, { limit: 50 }).map(({ who, text }) => `${who} ${text}`);
    expect(sentences.slice(0, 3)).toEqual(['Nils arrives', 'Nils says: Good day, Åsa.', 'Nils gives 5 gold to Åsa']);
    expect(sentences.slice(4, 6)).toEqual(['Åsa buys 2 salt for 13 gold', 'Åsa goes north']);
    expect(search(file, { limit: 50, who: 'Åsa' }).map(({ id }) => id)).toEqual([5, 6]);
  });
}

test('an archive of the former form cannot be written', () => {
  copyFileSync('spike/archivist/fixtures/former.sqlite', file);
  expect(() => new Archive(file)).toThrow('in a former form, which can only be read; name another file with --file');
  expect(readEvents(file)).toHaveLength(7);
});
