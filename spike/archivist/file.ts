import { DatabaseSync } from 'node:sqlite';

/** Says whose SQLite file it is: `SpAr` in ASCII. */
const APPLICATION_ID = 0x53704172;
/** Raised whenever a table changes. */
const SCHEMA_VERSION = 1;
/** Places and agents by the names that the world last gave them, so that the past reads well without a world. */
const SCHEMA = `
  CREATE TABLE world (
    only INTEGER PRIMARY KEY CHECK (only = 0), database TEXT NOT NULL, founded_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE event (
    id INTEGER PRIMARY KEY, tick INTEGER NOT NULL, at INTEGER NOT NULL, place INTEGER NOT NULL, agent INTEGER NOT NULL,
    hearer INTEGER NOT NULL, request INTEGER NOT NULL, text TEXT NOT NULL
  ) STRICT;
  CREATE INDEX event_at ON event (at);
  CREATE TABLE agent (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
  CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};`;
/** How long to wait for another process that writes. */
const BUSY_MS = 5_000;

/**
 * Opens an archive for writing, or begins one. Each transaction is on the disk when it is committed: `FULL` syncs the
 * log on every commit, and `fullfsync` makes macOS mean it. In `WAL` mode readers and the writer do not wait for each other.
 * @throws Error when the file is there and is no archive, or one of another version
 */
export function openToWrite(file: string): DatabaseSync {
  return opened(file, false, (db) => {
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    transaction(db, () => {
      const tables = db.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.['count'];
      if (tables === 0) db.exec(SCHEMA);
      check(db);
    });
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = TRUE');
  });
}

/** @throws Error when the file is no archive, or one of another version */
export function openToRead(file: string): DatabaseSync {
  return opened(file, true, (db) => {
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    check(db);
  });
}

/** Does all of `work` or nothing. Waits for whoever else is writing. */
export function transaction(db: DatabaseSync, work: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

function opened(file: string, readOnly: boolean, begin: (db: DatabaseSync) => void): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { readOnly });
    begin(db);
    return db;
  } catch (error) {
    db?.close();
    throw new Error(`Cannot use ${file} as an archive: ${(error as Error).message}.`, { cause: error });
  }
}

function check(db: DatabaseSync): void {
  const pragma = (name: string) => db.prepare(`PRAGMA ${name}`).get()?.[name];
  if (pragma('application_id') !== APPLICATION_ID) throw new Error('it holds something else');
  const version = Number(pragma('user_version'));
  if (version !== SCHEMA_VERSION)
    throw new Error(`it has the version ${version}, and this program knows ${SCHEMA_VERSION}`);
}
