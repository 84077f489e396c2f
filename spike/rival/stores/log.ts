import type { Client } from 'pg';
import { Worker } from 'node:worker_threads';
import type { Delta, Saved } from '../world/delta.ts';
import type { CompactOptions } from './compact.ts';
import { connect, transact } from './connect.ts';
import { decodeDelta, encodeDelta } from './delta-codec.ts';
import { GroupCommit } from './group-commit.ts';
import type { Durability, Store } from './store.ts';

/** The deltas are already packed, so PostgreSQL need not compress them. */
const SCHEMA = `
create table if not exists delta (sequence bigint primary key, body bytea not null);
alter table delta alter column body set storage external;
create table if not exists snapshot (sequence bigint primary key, body bytea not null);
alter table snapshot alter column body set storage external;
create table if not exists past_event (id bigint primary key, body jsonb not null);
`;

export interface LogOptions {
  url: string;
  durability: Durability;
  /** In ticks. */
  snapshotEvery: number;
}

/** State as a log: each tick or act appends one row with what it changed. A snapshot now and then keeps the log short. */
export class LogStore implements Store {
  readonly #options: LogOptions;
  readonly #client: Client;
  readonly #commits = new GroupCommit((deltas) => transact(this.#client, deltas.map(append)));
  #ticks = 0;
  #compaction: Worker | undefined;

  private constructor(options: LogOptions, client: Client) {
    this.#options = options;
    this.#client = client;
  }

  static async open(options: LogOptions): Promise<LogStore> {
    const client = await connect(options.url, options.durability);
    await client.query(SCHEMA);
    return new LogStore(options, client);
  }

  async load(): Promise<Saved | undefined> {
    const { rows } = await this.#client.query<{ body: Buffer }>(
      'select body from snapshot union all select body from (select body from delta order by sequence) as later',
    );
    return rows.length > 0 ? rows.map(({ body }) => decodeDelta(body)) : undefined;
  }

  async commit(delta: Delta): Promise<void> {
    await this.#commits.commit(delta);
    if (delta.clock && ++this.#ticks % this.#options.snapshotEvery === 0) this.#compact();
  }

  async close(): Promise<void> {
    await this.#compaction?.terminate();
    await this.#commits.idle();
    await this.#client.end();
  }

  /** In a thread, from what is committed: the clock's thread neither copies nor packs the world. */
  #compact(): void {
    if (this.#compaction) return;
    const workerData: CompactOptions = { url: this.#options.url };
    this.#compaction = new Worker(new URL('compact.ts', import.meta.url), { workerData })
      // Without a snapshot the log only grows, and the next one may succeed.
      .on('error', (error) => console.error(`no snapshot was written: ${String(error)}`))
      .on('exit', () => (this.#compaction = undefined));
  }
}

function append(delta: Delta) {
  return {
    name: 'append',
    text: 'insert into delta (sequence, body) values ($1, $2)',
    values: [delta.sequence, encodeDelta(delta)],
  };
}
