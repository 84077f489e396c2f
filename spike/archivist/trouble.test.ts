import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'playwright/test';
import { Archive } from './archive.ts';
import { openToWrite, transaction } from './file.ts';
import { Contradiction, isLasting, isPassing } from './trouble.ts';

let folder: string;
let file: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spellkave-trouble-'));
  file = join(folder, 'archive.sqlite');
});
test.afterEach(() => rmSync(folder, { recursive: true }));

function errorOf(attempt: () => unknown): unknown {
  try {
    attempt();
  } catch (error) {
    return error;
  }
  throw new Error('it succeeded');
}

const judgement = (error: unknown) => ({ lasts: isLasting(error), passes: isPassing(error) });

test('a file that another program has locked becomes free by itself', () => {
  const archive = new Archive(file);
  const other = new DatabaseSync(file);
  other.exec('BEGIN IMMEDIATE');
  const names = { agents: new Map<number, string>(), places: new Map<number, string>() };
  for (const attempt of [() => archive.store([], names), () => archive.reopen(), () => new Archive(file)])
    expect(judgement(errorOf(attempt))).toEqual({ lasts: false, passes: true });
  other.exec('ROLLBACK');
  archive.reopen();
  archive.store([], names);
  archive.close();
  other.close();
});

test('a disk that is full has room again by itself', () => {
  new Archive(file).close();
  const db = openToWrite(file);
  // SQLite's own limit stands in for the disk. It ends the transaction in the same way.
  db.exec('PRAGMA max_page_count = 12');
  const fill = () => db.exec(`INSERT INTO agent VALUES (1, '${'x'.repeat(100_000)}')`);
  expect(judgement(errorOf(() => transaction(db, fill)))).toEqual({ lasts: false, passes: true });
  db.exec('PRAGMA max_page_count = 1000');
  transaction(db, fill);
  db.close();
});

for (const code of ['ENOSPC', 'EDQUOT', 'EIO', 'EMFILE'])
  test(`${code} passes by itself, also as the cause of another error`, () => {
    const error = Object.assign(new Error('no'), { code });
    expect(judgement(new Error('Cannot use it', { cause: error }))).toEqual({ lasts: false, passes: true });
  });

test('a file that is not an archive, or of another version, stays one', () => {
  writeFileSync(file, 'This is not a database at all. '.repeat(100));
  expect(judgement(errorOf(() => new Archive(file)))).toEqual({ lasts: true, passes: false });
  const other = new DatabaseSync(join(folder, 'other.sqlite'));
  other.exec('CREATE TABLE t (a)');
  other.close();
  expect(isLasting(errorOf(() => new Archive(join(folder, 'other.sqlite'))))).toBe(true);
});

test('a contradiction lasts, and an error that nobody knows neither lasts nor passes', () => {
  expect(judgement(new Contradiction('no'))).toEqual({ lasts: true, passes: false });
  expect(judgement(new TypeError('no'))).toEqual({ lasts: false, passes: false });
});

test('nothing is stored in a file that was deleted or moved, and after it is opened again, another begins', () => {
  const archive = new Archive(file);
  const names = { agents: new Map<number, string>(), places: new Map<number, string>() };
  rmSync(file);
  const error = errorOf(() => archive.store([], names));
  expect((error as Error).message).toBe(`${file} was moved or deleted while it was in use`);
  expect(isLasting(error)).toBe(false);
  archive.reopen();
  archive.store([], names);
  expect(archive.last()).toBe(0n);
  archive.close();
});
