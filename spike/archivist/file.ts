import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { privateFile } from '../private.ts';
import { Contradiction } from './trouble.ts';

/** Says whose SQLite file it is: `SpAr` in ASCII. */
const APPLICATION_ID = 0x53704172;
/** Raised whenever a table changes. */
const SCHEMA_VERSION = 3;
/** The schema of a world that has one region: it can be read, and becomes today's when it is opened for writing. */
const ONE_REGION_VERSION = 2;
/** The schema whose events hold a text in place of their facts: it can still be read, and never written. */
const FORMER_VERSION = 1;
/**
 * Each region counts its events and places by itself; ids of agents are unique over all regions. Places and agents keep the
 * name that the world last gave them, so that an archive can be read without its world.
 */
const TABLES = `
  CREATE TABLE world (
    region INTEGER PRIMARY KEY, name TEXT NOT NULL, database TEXT NOT NULL, founded_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE event (
    region INTEGER NOT NULL, id INTEGER NOT NULL, version INTEGER NOT NULL, tick INTEGER NOT NULL, at INTEGER NOT NULL,
    place INTEGER NOT NULL, kind TEXT NOT NULL, subject INTEGER NOT NULL, object INTEGER NOT NULL,
    quantity INTEGER NOT NULL, gold INTEGER NOT NULL, words TEXT NOT NULL, request INTEGER NOT NULL,
    PRIMARY KEY (region, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX event_at ON event (at);
  CREATE TABLE place (
    region INTEGER NOT NULL, id INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (region, id)
  ) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${SCHEMA_VERSION};`;
const SCHEMA = `
  ${TABLES}
  CREATE TABLE agent (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
  PRAGMA application_id = ${APPLICATION_ID};`;
/** A world of one region is number 0, and has no name. */
const ADD_REGION = `
  ALTER TABLE world RENAME TO one_world;
  ALTER TABLE event RENAME TO one_event;
  ALTER TABLE place RENAME TO one_place;
  DROP INDEX event_at;
  ${TABLES}
  INSERT INTO world SELECT 0, '', database, founded_at FROM one_world;
  INSERT INTO event SELECT 0, id, version, tick, at, place, kind, subject, object, quantity, gold, words, request
    FROM one_event;
  INSERT INTO place SELECT 0, id, name FROM one_place;
  DROP TABLE one_world;
  DROP TABLE one_event;
  DROP TABLE one_place;`;
/** What to read from a file, in the columns of today's, by its version. */
const READS: Record<number, { event: string; place: string; world: string }> = {
  [SCHEMA_VERSION]: { event: 'event', place: 'place', world: 'world' },
  [ONE_REGION_VERSION]: {
    event: '(SELECT 0 AS region, * FROM event)',
    place: '(SELECT 0 AS region, * FROM place)',
    world: `(SELECT 0 AS region, '' AS name FROM world)`,
  },
  [FORMER_VERSION]: {
    event: `(SELECT 0 AS region, id, 0 AS version, tick, at, place, '' AS kind, agent AS subject, hearer AS object,
      0 AS quantity, 0 AS gold, text AS words, request FROM event)`,
    place: '(SELECT 0 AS region, * FROM place)',
    world: `(SELECT 0 AS region, '' AS name FROM world)`,
  },
};
/**
 * How long to wait for another process that writes. Nothing else happens in this process meanwhile, and a client that
 * is silent for five seconds loses its connection, so the archivist tries again later instead of waiting longer.
 */
const BUSY_MS = { writing: 1_000, reading: 5_000 };

/**
 * Opens an archive for writing, or begins one. Each transaction is on the disk when it is committed: `FULL` syncs the
 * log on every commit, and `fullfsync` makes macOS mean it. In `WAL` mode readers and the writer do not wait for each other.
 * @throws Error when the file is there and is not an archive, or one of another version
 */
export function openToWrite(file: string): DatabaseSync {
  return opened(file, false, (db) => {
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS.writing}`);
    transaction(db, () => {
      const tables = db.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.['count'];
      if (tables === 0) db.exec(SCHEMA);
      if (versionOf(db) === ONE_REGION_VERSION) db.exec(ADD_REGION);
      if (versionOf(db) === FORMER_VERSION)
        throw new Contradiction(
          'it holds the past of a world in a former form, which can only be read; name another file with --file',
        );
    });
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = TRUE');
  });
}

/** @throws Error when the file is not an archive, or one of another version */
export function openToRead(file: string): DatabaseSync {
  return opened(file, true, (db) => {
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS.reading}`);
    versionOf(db);
  });
}

/** Does all of `work` or nothing. Waits for other writers. */
export function transaction(db: DatabaseSync, work: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    // SQLite rolls back by itself when the disk is full or fails.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function opened(file: string, readOnly: boolean, begin: (db: DatabaseSync) => void): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    // SQLite gives its -wal and -shm files the rights of the database.
    if (!readOnly && !existsSync(file)) privateFile(file);
    db = new DatabaseSync(file, { readOnly });
    begin(db);
    return db;
  } catch (error) {
    db?.close();
    throw new Error(`Cannot use ${file} as an archive: ${(error as Error).message}.`, { cause: error });
  }
}

/** What to select from, whatever the version of the file. */
export function tableIn(db: DatabaseSync, table: 'event' | 'place' | 'world'): string {
  return READS[versionOf(db)]![table];
}

function versionOf(db: DatabaseSync): number {
  const pragma = (name: string) => db.prepare(`PRAGMA ${name}`).get()?.[name];
  if (pragma('application_id') !== APPLICATION_ID) throw new Contradiction('it holds something else');
  const version = Number(pragma('user_version'));
  if (!READS[version])
    throw new Contradiction(
      `it has the version ${version}, and this program knows ${FORMER_VERSION} to ${SCHEMA_VERSION}`,
    );
  return version;
}
