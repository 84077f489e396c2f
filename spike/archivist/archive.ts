import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { archivedEventOfRow, COLUMNS, type ArchivedEvent } from './archived-event.ts';
import { openToRead, openToWrite, tableIn, transaction } from './file.ts';
import { Contradiction } from './trouble.ts';

/** What tells one world from another, or one region of a world. */
export interface WorldIdentity {
  database: string;
  /** In microseconds since 1970. */
  foundedAt: bigint;
  /** A world of one region is number 0, and has no name. */
  region?: { number: number; name: string };
}

/** Who and what a batch speaks of, by id. */
export interface Names {
  agents: ReadonlyMap<number, string>;
  places: ReadonlyMap<number, string>;
}

/** The past of one world, with all its regions, in one SQLite file. What `store` has returned from is on the disk. */
export class Archive {
  readonly #file: string;
  #db: DatabaseSync;
  /** Which file on which disk was opened. */
  #place: string;

  /** @throws Error when the file is there and is not an archive, or one of another version */
  constructor(file: string) {
    this.#file = file;
    this.#db = openToWrite(file);
    this.#place = placeOf(file);
  }

  /**
   * Opens the file again after it failed. If it was moved away, another one begins.
   * @throws Error as the constructor does; the archive can be opened again later
   */
  reopen(): void {
    this.close();
    this.#db = openToWrite(this.#file);
    this.#place = placeOf(this.#file);
  }

  /**
   * Ties the file to a world, or checks that it is tied to this one. A file takes each region of a world once.
   * @throws Contradiction when it holds the past of another world, or of another one with that region's number
   */
  belongTo(world: WorldIdentity): void {
    const { database, foundedAt, region = { number: 0, name: '' } } = world;
    const known = this.#world(region.number);
    if (known?.database === database && known.foundedAt === foundedAt) {
      this.#db
        .prepare('UPDATE world SET name = ? WHERE region = ? AND name <> ?')
        .run(region.name, region.number, region.name);
      return;
    }
    if (known)
      throw new Contradiction(
        `${this.#file} holds the past of the world ${described(known)}, not of ${described(world)}. Nothing was changed. Name another file with --file.`,
      );
    this.#db
      .prepare('INSERT OR IGNORE INTO world VALUES (?, ?, ?, ?)')
      .run(region.number, region.name, database, foundedAt);
    this.belongTo(world);
  }

  /**
   * Keeps events of a region durably, all of them or none. One that is there already must be the same.
   * @throws Contradiction when the archive has another event under the same id
   * @throws Error when nothing could be stored; another attempt may succeed
   */
  store(events: readonly ArchivedEvent[], { agents, places }: Names, region = 0): void {
    // What is written to a deleted file is gone when it is closed, and the world would delete it too.
    if (placeOf(this.#file) !== this.#place) throw new Error(`${this.#file} was moved or deleted while it was in use`);
    const values = COLUMNS.map(() => '?').join();
    const keep = this.#db.prepare(`INSERT OR IGNORE INTO event (region, ${COLUMNS.join()}) VALUES (?, ${values})`);
    transaction(this.#db, () => {
      for (const event of events) {
        const { changes } = keep.run(region, ...COLUMNS.map((column) => event[column]));
        if (Number(changes) === 0) this.#refuseAnother(event, region);
      }
      this.#name('agent (id, name) VALUES (?, ?)', agents);
      this.#name(`place (region, id, name) VALUES (${region}, ?, ?)`, places);
    });
  }

  /** The id of the newest event of a region; 0 when there is none. */
  last(region = 0): bigint {
    const query = this.#db.prepare('SELECT coalesce(max(id), 0) AS last FROM event WHERE region = ?');
    query.setReadBigInts(true);
    return query.get(region)?.['last'] as bigint;
  }

  /** Every event of a region, oldest first. */
  all(region = 0): ArchivedEvent[] {
    return eventsOf(this.#db, region);
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  #world(region: number): WorldIdentity | undefined {
    const query = this.#db.prepare('SELECT database, founded_at AS foundedAt FROM world WHERE region = ?');
    query.setReadBigInts(true);
    return query.get(region) as WorldIdentity | undefined;
  }

  #refuseAnother(event: ArchivedEvent, region: number): void {
    const [kept] = eventsOf(this.#db, region, event.id);
    const differs = COLUMNS.find((field) => kept?.[field] !== event[field]);
    if (differs)
      throw new Contradiction(
        `Event ${event.id} has the ${differs} "${event[differs]}" in the world and "${kept?.[differs]}" in ${this.#file}: they do not share this past, as when one of them was put back from a backup. Nothing was changed or deleted. Move the file away and start the archivist again; it begins a new one.`,
      );
  }

  #name(into: string, names: ReadonlyMap<number, string>): void {
    const name = this.#db.prepare(
      `INSERT INTO ${into} ON CONFLICT DO UPDATE SET name = excluded.name WHERE name <> excluded.name`,
    );
    for (const [id, is] of names) name.run(id, is);
  }
}

/**
 * Every event of a region in an archive, oldest first. Reads files of the former form too, which `Archive` does not write.
 * @throws Error when the file is not an archive, or one of an unknown version
 */
export function readEvents(file: string, region = 0): ArchivedEvent[] {
  const db = openToRead(file);
  try {
    return eventsOf(db, region);
  } finally {
    db.close();
  }
}

function eventsOf(db: DatabaseSync, region: number, id?: bigint): ArchivedEvent[] {
  const one = id === undefined ? '' : `AND id = ${id}`;
  const query = db.prepare(`SELECT * FROM ${tableIn(db, 'event')} WHERE region = ${region} ${one} ORDER BY id`);
  query.setReadBigInts(true);
  return query.all().map(archivedEventOfRow);
}

function placeOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? `${found.dev} ${found.ino}` : 'nowhere';
}

function described({ database, foundedAt }: Omit<WorldIdentity, 'region'>): string {
  return `"${database}" that was founded at ${new Date(Number(foundedAt / 1_000n)).toISOString()}`;
}
