import { join } from 'node:path';
import { memoryTokens } from '../client/token-store.ts';
import { Archive } from '../archivist/archive.ts';
import { Archivist } from '../archivist/archivist.ts';
import { identityArgument, type Account, type Api } from '../host/api.ts';
import type { Binary } from '../host/binary.ts';
import { startHost, type Host } from '../host/host.ts';
import { buildModule } from '../host/module.ts';
import { freePort } from '../host/port.ts';
import { SystemClock } from '../host/system-clock.fixture.ts';
import { readMap } from '../start/map.ts';
import { MindError, type Mind } from '../thinker/mind.ts';
import { rules } from '../thinker/rules.ts';
import { startThinker, type Thinker } from '../thinker/thinker.ts';
import { until } from '../until.ts';

const DATABASE = 'w';
const WINDOW_MS = 2_000;

/** A world on a host with a system clock of its own, with a thinker, an archivist and a player. */
export class JumpingTown {
  readonly clock: SystemClock;
  readonly #binary: Binary;
  readonly #folder: string;
  readonly #archive: Archive;
  #host!: Host;
  #owner!: Account;
  #player!: Account;
  #thinker: Thinker | undefined;
  #archivist: Archivist | undefined;
  /** Fails each thought that it is given before this is set. */
  isInspired = false;

  /** @param library libfaketime, which the host is started with */
  constructor(binary: Binary, folder: string, library: string) {
    this.clock = new SystemClock(folder);
    this.#binary = this.clock.seenBy(binary, library);
    this.#folder = folder;
    this.#archive = new Archive(join(folder, 'archive.sqlite'));
  }

  get #api(): Api {
    return this.#host.api;
  }

  async found(): Promise<void> {
    this.#host = await startHost({ binary: this.#binary, folder: this.#folder });
    this.#owner = await this.#api.createAccount();
    await this.#api.publish(DATABASE, (await buildModule('production', console.log)).wasm, this.#owner);
    await this.call('found_world', [readMap()]);
    await this.call('set_tempo', [100, 30, 0]);
    await this.call('set_retention', [WINDOW_MS]);
    const [thinker, archivist] = [await this.#api.createAccount(), await this.#api.createAccount()];
    await this.call('grant_role', [identityArgument(thinker), { Thinker: [] }]);
    await this.call('grant_role', [identityArgument(archivist), { Archivist: [] }]);
    this.#player = await this.#api.createAccount();
    await this.call('join', ['Nils'], this.#player);
    const mind: Mind = {
      name: 'rules that need inspiration',
      think: (...told) =>
        this.isInspired ? rules.think(...told) : Promise.reject(new MindError('nothing comes to mind')),
    };
    const at = { url: this.#host.url, database: DATABASE, log: () => {} };
    this.#thinker = startThinker({
      ...at,
      tokens: memoryTokens(thinker.token),
      mind,
      concurrency: 4,
      timeoutMs: 5_000,
    });
    this.#archivist = new Archivist({
      ...at,
      tokens: memoryTokens(archivist.token),
      archive: this.#archive,
      onFault: (error) => console.error(error),
    });
  }

  /** Kills the host if it runs, sets its system clock, and starts it again at the same address. */
  async crashAndRestartAt(seconds: number): Promise<void> {
    try {
      process.kill(-this.#host.pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    await this.#host.ended;
    this.clock.set(seconds);
    const { port } = this.#host;
    await until(() => freePort(port).then(Boolean, () => false), 5_000);
    this.#host = await startHost({ binary: this.#binary, folder: this.#folder, port, databases: [DATABASE] });
  }

  call(reducer: string, args: unknown[] = [], caller = this.#owner): Promise<void> {
    return this.#api.call(DATABASE, reducer, args, caller);
  }

  ask(agent: number): Promise<void> {
    return this.call('ask', [agent, 'What time is it?'], this.#player);
  }

  say(words: string): Promise<void> {
    return this.call('act', [{ Say: words }], this.#player);
  }

  sql(query: string): Promise<Record<string, unknown>[]> {
    return this.#api.sql(DATABASE, query, this.#owner);
  }

  async tick(): Promise<number> {
    return Number((await this.sql('SELECT * FROM clock'))[0]?.['tick']);
  }

  /** The world's time, in seconds since 1970. */
  async now(): Promise<number> {
    const [clock] = await this.sql('SELECT * FROM clock');
    return Number((clock?.['now'] as [number])[0]) / 1_000_000;
  }

  /** What an agent said to Nils so far, in the world or in the archive. */
  async answersOf(agent: number): Promise<number> {
    const kept = (await this.sql(`SELECT * FROM event WHERE subject = ${agent}`)).map(({ kind }) => kind);
    const archived = this.#archive.all().filter(({ subject }) => subject === agent);
    return [...kept, ...archived.map(({ kind }) => kind)].filter((kind) => kind === 'say').length;
  }

  archived(words: string): boolean {
    return this.#archive.all().some((event) => event.words === words);
  }

  /** How late the ticks of the last two seconds were, in milliseconds, at worst. */
  async lateness(): Promise<number> {
    const log = (await this.sql('SELECT * FROM tick_log')).sort((a, b) => Number(b['tick']) - Number(a['tick']));
    return Math.max(...log.slice(0, 20).map((row) => Math.abs(Number(row['lateness_us'])) / 1_000));
  }

  async close(): Promise<void> {
    await this.#thinker?.stop();
    this.#archivist?.stop();
    await this.#host.stop();
    this.#archive.close();
  }
}
