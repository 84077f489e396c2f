import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { identityArgument, type Account } from '../../spike/host/api.ts';
import type { Binary } from '../../spike/host/binary.ts';
import { startHost, type Host } from '../../spike/host/host.ts';
import type { WorldMap } from '../../spike/start/map.ts';
import { killHost } from './host-process.ts';
import { LogTail } from './log-tail.ts';

/** The name of the database on each host. */
const DATABASE = 'region';

/** Who runs a region, and who has a role in it. */
export interface Staff {
  owner: Account;
  porter: Account;
  thinker: Account;
}

export interface RegionOptions {
  number: number;
  map: WorldMap;
  folder: string;
  /** The folder of the signing keys that all hosts of the world share. */
  keys: string;
  binary: Binary;
  wasm: Uint8Array<ArrayBuffer>;
  staff: Staff;
}

/** More calls of a mind in a minute than these experiments make. */
const ENOUGH_CALLS = 1_000_000_000;
/** Everybody acts in each tick, and wishes for a thought twice in a second. */
const TEMPO = { periodMs: 100, actEvery: 1, reflectEvery: 5 };

/** One region on a host of its own, which can be killed and started again at the same address. */
export class BorderRegion {
  readonly number: number;
  readonly database = DATABASE;
  readonly map: WorldMap;
  readonly #options: RegionOptions;
  #host: Host | undefined;
  #tail: LogTail | undefined;
  #port = 0;

  constructor(options: RegionOptions) {
    this.#options = options;
    this.number = options.number;
    this.map = options.map;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Publishes the region on an empty folder and founds it, in the given epoch. */
  async found(epoch = 1): Promise<void> {
    const { folder, keys, wasm, staff, map } = this.#options;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    cpSync(keys, join(folder, 'keys'), { recursive: true });
    await this.start([]);
    await this.#api.publish(DATABASE, wasm, staff.owner);
    await this.call('set_region', this.number, map.name);
    for (const [role, account] of [
      ['Relay', staff.porter],
      ['Thinker', staff.thinker],
    ] as const)
      await this.call('grant_role', identityArgument(account), { [role]: [] });
    await this.call('set_mind_policy', { Normal: [] }, ENOUGH_CALLS);
    if (epoch > 1) await this.call('raise_epoch', epoch);
    await this.call('found_world', map);
    await this.call('set_tempo', TEMPO.periodMs, TEMPO.actEvery, TEMPO.reflectEvery);
    this.#tail = new LogTail(folder);
  }

  async start(databases = [DATABASE]): Promise<void> {
    const { binary, folder } = this.#options;
    this.#host = await startHost({ binary, folder, port: this.#port, databases });
    this.#port = this.#host.port;
    if (databases.length > 0) this.#tail = new LogTail(folder);
  }

  /**
   * With SIGKILL: nothing in the host gets a last word.
   * @param lostMs what the host has written in so many milliseconds is lost too, as in a power cut
   */
  async kill(lostMs = 0): Promise<void> {
    const [host, tail] = [this.#host, this.#tail];
    [this.#host, this.#tail] = [undefined, undefined];
    const endedMs = performance.now();
    try {
      if (host) await killHost(host);
      if (lostMs > 0) tail?.cutBack(endedMs, lostMs);
    } finally {
      tail?.stop();
    }
  }

  /** Copies the data of a host that was killed. */
  copyTo(folder: string): void {
    cpSync(join(this.#options.folder, 'data'), folder, { recursive: true });
  }

  /** Puts a copy in the place of the data of a host that was killed; without one, nothing. */
  replaceData(copy?: string): void {
    const data = join(this.#options.folder, 'data');
    rmSync(data, { recursive: true });
    if (copy) cpSync(copy, data, { recursive: true });
  }

  /** As the owner. */
  call(reducer: string, ...args: unknown[]): Promise<void> {
    return this.callAs(this.#options.staff.owner, reducer, ...args);
  }

  callAs(account: Account, reducer: string, ...args: unknown[]): Promise<void> {
    return this.#api.call(DATABASE, reducer, args, account);
  }

  sql(query: string): Promise<Record<string, unknown>[]> {
    return this.#api.sql(DATABASE, query, this.#options.staff.owner);
  }

  get #api(): Host['api'] {
    if (!this.#host) throw new Error(`the host of ${this.map.name} is not running`);
    return this.#host.api;
  }
}
