import type { DatabaseSync } from 'node:sqlite';
import { openToWrite, transaction } from './file.ts';

/** An event as the world had it; `at` in microseconds since 1970. */
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

  /** @throws Error when the file is there and is no archive, or one of another version */
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
    const keep = this.#db.prepare('INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    transaction(this.#db, () => {
      for (const event of events) {
        const { id, tick, at, place, agent, hearer, request, text } = event;
        const { changes } = keep.run(id, tick, at, place, agent, hearer, request, text);
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
    return this.#events('');
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
    const [kept] = this.#events('WHERE id = ?', event.id);
    const differs = (Object.keys(event) as (keyof ArchivedEvent)[]).find((field) => kept?.[field] !== event[field]);
    if (differs)
      throw new Error(
        `Event ${event.id} has the ${differs} "${event[differs]}" in the world and "${kept?.[differs]}" in ${this.#file}: they do not share this past, as when one of them was put back from a backup. Nothing was changed or deleted. Move the file away and start the archivist again; it begins a new one.`,
      );
  }

  #events(where: string, ...values: bigint[]): ArchivedEvent[] {
    const query = this.#db.prepare(`SELECT * FROM event ${where} ORDER BY id`);
    query.setReadBigInts(true);
    return query.all(...values).map((row) => ({
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

  #name(table: 'agent' | 'place', names: ReadonlyMap<number, string>): void {
    const name = this.#db.prepare(
      `INSERT INTO ${table} VALUES (?, ?) ON CONFLICT DO UPDATE SET name = excluded.name WHERE name <> excluded.name`,
    );
    for (const [id, is] of names) name.run(id, is);
  }
}

function described({ database, foundedAt }: WorldIdentity): string {
  return `"${database}" that was founded at ${new Date(Number(foundedAt / 1_000n)).toISOString()}`;
}
