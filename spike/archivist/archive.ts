import { DatabaseSync } from 'node:sqlite';

/** An event as the world had it; times in microseconds since 1970. */
export interface ArchivedEvent {
  id: bigint;
  tick: bigint;
  at: bigint;
  place: number;
  agent: number;
  hearer: number;
  request: bigint;
  text: string;
}

const SCHEMA_VERSION = 1;
const SCHEMA = `
  CREATE TABLE world (only INTEGER PRIMARY KEY CHECK (only = 0), founded TEXT NOT NULL) STRICT;
  CREATE TABLE event (
    id INTEGER PRIMARY KEY, tick INTEGER NOT NULL, at INTEGER NOT NULL, place INTEGER NOT NULL, agent INTEGER NOT NULL,
    hearer INTEGER NOT NULL, request INTEGER NOT NULL, text TEXT NOT NULL
  ) STRICT;
  CREATE INDEX event_at ON event (at);
  CREATE TABLE agent (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
  CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${SCHEMA_VERSION};`;

/** The past of one world in one SQLite file. What `store` has returned from is on disk. */
export class Archive {
  readonly #db: DatabaseSync;
  readonly #file: string;

  /** @throws Error when the file is there and is no archive, or of a newer version */
  constructor(file: string) {
    this.#file = file;
    this.#db = new DatabaseSync(file);
    this.#db.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    const version = Number(this.#db.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version === 0) this.#transaction(() => this.#db.exec(SCHEMA));
    else if (version !== SCHEMA_VERSION)
      throw new Error(`${file} has the version ${version}; this archivist writes ${SCHEMA_VERSION}.`);
  }

  /**
   * Ties the file to a world, or checks that it is tied to this one.
   * @param founded what tells one world from another: when it was founded
   * @throws Error when it holds the past of another
   */
  belongTo(founded: string): void {
    this.#db.prepare('INSERT OR IGNORE INTO world VALUES (0, ?)').run(founded);
    const known = this.#db.prepare('SELECT founded FROM world').get()?.['founded'];
    if (known !== founded)
      throw new Error(`${this.#file} is the archive of another world; name another file with --file.`);
  }

  /**
   * Keeps events durably. One that is there already must be the same.
   * @throws Error when the archive has another event under the same id; nothing of the batch is kept then
   */
  store(events: readonly ArchivedEvent[]): void {
    const keep = this.#db.prepare('INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    const same = this.#db.prepare(
      'SELECT 1 FROM event WHERE (id, tick, at, place, agent, hearer, request, text) = (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#transaction(() => {
      for (const { id, tick, at, place, agent, hearer, request, text } of events) {
        const row = [id, tick, at, place, agent, hearer, request, text];
        if (Number(keep.run(...row).changes) === 0 && !same.get(...row))
          throw new Error(
            `${this.#file} has another event ${id} than the world. Nothing was deleted; keep the file and go on with another.`,
          );
      }
    });
  }

  name(table: 'agent' | 'place', id: number, name: string): void {
    this.#db.prepare(`INSERT INTO ${table} VALUES (?, ?) ON CONFLICT DO UPDATE SET name = excluded.name`).run(id, name);
  }

  count(): number {
    return Number(this.#db.prepare('SELECT count(*) AS n FROM event').get()?.['n']);
  }

  /** Every event, oldest first. */
  all(): ArchivedEvent[] {
    const query = this.#db.prepare('SELECT * FROM event ORDER BY id');
    query.setReadBigInts(true);
    return query.all().map((row) => ({
      id: row['id'] as bigint,
      tick: row['tick'] as bigint,
      at: row['at'] as bigint,
      place: Number(row['place']),
      agent: Number(row['agent']),
      hearer: Number(row['hearer']),
      request: row['request'] as bigint,
      text: row['text'] as string,
    }));
  }

  close(): void {
    this.#db.close();
  }

  #transaction(work: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }
}
