import type { DatabaseSync } from 'node:sqlite';
import { archivedEventOfRow, COLUMNS, type ArchivedEvent } from './archived-event.ts';
import { eventsIn, openToRead, openToWrite, transaction } from './file.ts';

/** What tells one world from another. */
export interface WorldIdentity {
  database: string;
  /** In microseconds since 1970. */
  foundedAt: bigint;
}

/** Who and what a batch speaks of, by id. */
export interface Names {
  agents: ReadonlyMap<number, string>;
  places: ReadonlyMap<number, string>;
}

/** The past of one world in one SQLite file. What `store` has returned from is on the disk. */
export class Archive {
  readonly #db: DatabaseSync;
  readonly #file: string;

  /** @throws Error when the file is there and is not an archive, or one of another version */
  constructor(file: string) {
    this.#file = file;
    this.#db = openToWrite(file);
  }

  /**
   * Ties the file to a world, or checks that it is tied to this one.
   * @throws Error when it holds the past of another
   */
  belongTo({ database, foundedAt }: WorldIdentity): void {
    const known = this.#world();
    if (known?.database === database && known.foundedAt === foundedAt) return;
    if (known)
      throw new Error(
        `${this.#file} holds the past of the world ${described(known)}, not of ${described({ database, foundedAt })}. Nothing was changed. Name another file with --file.`,
      );
    this.#db.prepare('INSERT OR IGNORE INTO world VALUES (0, ?, ?)').run(database, foundedAt);
    this.belongTo({ database, foundedAt });
  }

  /**
   * Keeps events durably, all of them or none. One that is there already must be the same.
   * @throws Error when the archive has another event under the same id
   */
  store(events: readonly ArchivedEvent[], { agents, places }: Names): void {
    const values = COLUMNS.map(() => '?').join();
    const keep = this.#db.prepare(`INSERT OR IGNORE INTO event (${COLUMNS.join()}) VALUES (${values})`);
    transaction(this.#db, () => {
      for (const event of events) {
        const { changes } = keep.run(...COLUMNS.map((column) => event[column]));
        if (Number(changes) === 0) this.#refuseAnother(event);
      }
      this.#name('agent', agents);
      this.#name('place', places);
    });
  }

  /** The id of the newest event; 0 when there is none. */
  last(): bigint {
    const query = this.#db.prepare('SELECT coalesce(max(id), 0) AS last FROM event');
    query.setReadBigInts(true);
    return query.get()?.['last'] as bigint;
  }

  /** Every event, oldest first. */
  all(): ArchivedEvent[] {
    return eventsOf(this.#db);
  }

  close(): void {
    this.#db.close();
  }

  #world(): WorldIdentity | undefined {
    const query = this.#db.prepare('SELECT database, founded_at AS foundedAt FROM world');
    query.setReadBigInts(true);
    return query.get() as WorldIdentity | undefined;
  }

  #refuseAnother(event: ArchivedEvent): void {
    const [kept] = eventsOf(this.#db, event.id);
    const differs = COLUMNS.find((field) => kept?.[field] !== event[field]);
    if (differs)
      throw new Error(
        `Event ${event.id} has the ${differs} "${event[differs]}" in the world and "${kept?.[differs]}" in ${this.#file}: they do not share this past, as when one of them was put back from a backup. Nothing was changed or deleted. Move the file away and start the archivist again; it begins a new one.`,
      );
  }

  #name(table: 'agent' | 'place', names: ReadonlyMap<number, string>): void {
    const name = this.#db.prepare(
      `INSERT INTO ${table} VALUES (?, ?) ON CONFLICT DO UPDATE SET name = excluded.name WHERE name <> excluded.name`,
    );
    for (const [id, is] of names) name.run(id, is);
  }
}

/**
 * Every event of an archive, oldest first. Reads files of the former form too, which `Archive` does not write.
 * @throws Error when the file is not an archive, or one of an unknown version
 */
export function readEvents(file: string): ArchivedEvent[] {
  const db = openToRead(file);
  try {
    return eventsOf(db);
  } finally {
    db.close();
  }
}

function eventsOf(db: DatabaseSync, id?: bigint): ArchivedEvent[] {
  const query = db.prepare(`SELECT * FROM ${eventsIn(db)} ${id === undefined ? '' : `WHERE id = ${id}`} ORDER BY id`);
  query.setReadBigInts(true);
  return query.all().map(archivedEventOfRow);
}

function described({ database, foundedAt }: WorldIdentity): string {
  return `"${database}" that was founded at ${new Date(Number(foundedAt / 1_000n)).toISOString()}`;
}
