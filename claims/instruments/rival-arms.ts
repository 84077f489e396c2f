import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { NoPostgres, startPostgres, type Postgres } from '../../spike/rival/postgres/postgres.ts';
import { Caller } from '../../spike/rival/server/caller.ts';
import { startServer } from '../../spike/rival/server/process.ts';
import type { Lab } from '../harness/lab.ts';
import { NotMeasured } from '../harness/not-measured.ts';
import { processOf } from './host-process.ts';
import { Watchers, type SeenTick } from './watchers.ts';

const WATCHERS = fileURLToPath(new URL('rival-watcher-process.ts', import.meta.url));
const DATABASE_ARM = fileURLToPath(new URL('../../spike/rival/database/main.ts', import.meta.url));
const COLYSEUS_ARM = fileURLToPath(new URL('../../spike/rival/colyseus/main.ts', import.meta.url));
/** More than anybody can spend, so that no trade fails for want of it. */
export const PURSE = 1_000_000;

/** How much a world does, and who watches it. */
export interface Cell {
  acting: number;
  watchers: number;
  /** The number of the place that is watched; without it everything is. */
  place?: number;
}

/** What both kinds of watchers report. */
export interface Audience extends Pick<Watchers, 'pid' | 'stop'> {
  report(): Promise<Heard>;
}

/** The ticks that every watcher decoded since the last report, like `Report`. */
export interface Heard {
  ticks: Pick<SeenTick, 'tick' | 'dueMs' | 'delayMs'>[];
  rows: number;
}

/** A world that runs, and what it takes to watch it and what it uses. */
export interface Running {
  watch(): Promise<Audience>;
  /** Of the processes that make the world; their children count too. */
  pids: number[];
  /** Bytes of the log on disk so far. */
  logged(): Promise<number>;
  stop(): Promise<void>;
}

export type Store = 'rows' | 'log' | 'write-behind';

/** The PostgreSQL server that all arms share, one after the other. */
export class Cluster {
  readonly postgres: Postgres;
  #databases = 0;

  private constructor(postgres: Postgres) {
    this.postgres = postgres;
  }

  /** @throws NotMeasured with the reason when PostgreSQL cannot start here */
  static async start(): Promise<Cluster> {
    try {
      return new Cluster(await startPostgres({ synchronousCommit: 'off' }));
    } catch (error) {
      if (error instanceof NoPostgres) throw new NotMeasured(error.message);
      throw error;
    }
  }

  async query<Row extends object>(text: string, url = this.postgres.urlOf('postgres')): Promise<Row[]> {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    await client.connect();
    const { rows } = await client.query<Row>(text).finally(() => client.end());
    return rows;
  }

  /** An empty database, and how to remove it. */
  async database(): Promise<{ url: string; drop: () => Promise<void> }> {
    const name = `arm_${++this.#databases}`;
    const url = await this.postgres.create(name);
    return { url, drop: async () => void (await this.query(`drop database ${name} with (force)`)) };
  }

  async logged(): Promise<number> {
    const [row] = await this.query<{ bytes: string }>(`select pg_current_wal_insert_lsn() - '0/0' as bytes`);
    return Number(row?.bytes);
  }

  /** Per cent of the updates of agents that stayed in their page and touched no index. */
  async hotRatio(url: string): Promise<number> {
    const [row] = await this.query<{ hot: string }>(
      `select 100.0 * n_tup_hot_upd / nullif(n_tup_upd, 0) as hot from pg_stat_user_tables where relname = 'agent'`,
      url,
    );
    return Number(row?.hot);
  }
}

export async function runSpacetimeDb(lab: Lab, living: number, { acting, watchers, place }: Cell): Promise<Running> {
  await lab.call('set_tempo', 100, living / acting, 0);
  await lab.call('resume_clock');
  const query = place === undefined ? 'SELECT * FROM agent' : `SELECT * FROM agent WHERE place = ${place}`;
  return {
    watch: () => Watchers.start(lab.host, lab.database, watchers, [query]),
    pids: [processOf(lab.host)],
    logged: () => Promise.resolve(commitLogBytes(lab.folder)),
    stop: () => lab.call('pause_clock'),
  };
}

/** The game server with one of its stores. `url` is of the database, while the world runs. */
export async function runStore(
  cluster: Cluster,
  store: Store,
  living: number,
  cell: Cell,
  options: string[],
): Promise<Running & { url: string }> {
  const { url, drop } = await cluster.database();
  const own = ['--store', store, '--database', url, '--lab', '--living', String(living), ...options];
  const server = await startServer([...own, '--act-every', String(living / cell.acting), '--reflect-every', '0']);
  const owner = await Caller.connect(server.urlFor());
  await owner.call('lab_fill', PURSE);
  await owner.close();
  return {
    url,
    watch: () => Watchers.startProcess(WATCHERS, watcherArgs('wire', server.urlFor(), cell)),
    pids: [server.pid, cluster.postgres.pid],
    logged: () => cluster.logged(),
    async stop() {
      await server.stop();
      await drop();
    },
  };
}

export async function runDatabase(cluster: Cluster, living: number, cell: Cell): Promise<Running> {
  const { url, drop } = await cluster.database();
  const server = await startServer([...loadArgs(living, cell), '--database', url], undefined, DATABASE_ARM);
  return {
    watch: () => Watchers.startProcess(WATCHERS, watcherArgs('wire', `ws://127.0.0.1:${server.port}`, cell)),
    pids: [server.pid, cluster.postgres.pid],
    logged: () => cluster.logged(),
    async stop() {
      await server.stop();
      await drop();
    },
  };
}

export async function runColyseus(living: number, cell: Cell): Promise<Running> {
  const server = await startServer(loadArgs(living, cell), undefined, COLYSEUS_ARM);
  return {
    watch: () => Watchers.startProcess(WATCHERS, watcherArgs('colyseus', `ws://127.0.0.1:${server.port}`, cell)),
    pids: [server.pid],
    logged: () => Promise.resolve(0),
    stop: () => server.stop(),
  };
}

function loadArgs(living: number, { acting }: Cell): string[] {
  return ['--living', String(living), '--act-every', String(living / acting), '--purse', String(PURSE)];
}

function watcherArgs(kind: string, url: string, { watchers, place }: Cell): string[] {
  return [kind, url, String(watchers), ...(place === undefined ? [] : [String(place)])];
}

/** The host appends to its log in segments, next to snapshots. */
function commitLogBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.stdb.log'))
    .reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}
