import { DatabaseSync } from 'node:sqlite';

/** Says whose SQLite file it is: `SpAr` in ASCII. */
const APPLICATION_ID = 0x53704172;
/** Raised whenever a table changes. */
const SCHEMA_VERSION = 2;
/** The schema whose events hold a text in place of their facts: it can still be read, and never written. */
const FORMER_VERSION = 1;
/** Places and agents keep the name that the world last gave them, so that an archive can be read without its world. */
const SCHEMA = `
  CREATE TABLE world (
    only INTEGER PRIMARY KEY CHECK (only = 0), database TEXT NOT NULL, founded_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE event (
    id INTEGER PRIMARY KEY, version INTEGER NOT NULL, tick INTEGER NOT NULL, at INTEGER NOT NULL,
    place INTEGER NOT NULL, kind TEXT NOT NULL, subject INTEGER NOT NULL, object INTEGER NOT NULL,
    quantity INTEGER NOT NULL, gold INTEGER NOT NULL, words TEXT NOT NULL, request INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX event_at ON event (at);
  CREATE TABLE agent (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
  CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};`;
/** The events of a former file, in the columns of today's. */
const FORMER_EVENTS = `(SELECT id, 0 AS version, tick, at, place, '' AS kind, agent AS subject, hearer AS object,
  0 AS quantity, 0 AS gold, text AS words, request FROM event)`;
/** How long to wait for another process that writes. */
const BUSY_MS = 5_000;

/**
 * Opens an archive for writing, or begins one. Each transaction is on the disk when it is committed: `FULL` syncs the
 * log on every commit, and `fullfsync` makes macOS mean it. In `WAL` mode readers and the writer do not wait for each other.
 * @throws Error when the file is there and is not an archive, or one of another version
 */
export function openToWrite(file: string): DatabaseSync {
  return opened(file, false, (db) => {
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    transaction(db, () => {
      const tables = db.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.['count'];
      if (tables === 0) db.exec(SCHEMA);
      if (versionOf(db) === FORMER_VERSION)
        throw new Error(
          'it holds the past of a world in a former form, which can only be read; name another file with --file',
        );
    });
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = TRUE');
  });
}

/** @throws Error when the file is not an archive, or one of another version */
export function openToRead(file: string): DatabaseSync {
  return opened(file, true, (db) => {
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
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

/** What to select events from, whatever the version of the file. */
export function eventsIn(db: DatabaseSync): string {
  return versionOf(db) === FORMER_VERSION ? FORMER_EVENTS : 'event';
}

function versionOf(db: DatabaseSync): number {
  const pragma = (name: string) => db.prepare(`PRAGMA ${name}`).get()?.[name];
  if (pragma('application_id') !== APPLICATION_ID) throw new Error('it holds something else');
  const version = Number(pragma('user_version'));
  if (version !== SCHEMA_VERSION && version !== FORMER_VERSION)
    throw new Error(`it has the version ${version}, and this program knows ${FORMER_VERSION} and ${SCHEMA_VERSION}`);
  return version;
}
