import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../../spike/host/api.ts';
import { findHost, type Binary } from '../../spike/host/binary.ts';
import { startHost, type Host } from '../../spike/host/host.ts';
import { buildModule } from '../../spike/host/module.ts';
import { TICK_LOG_SLOTS } from '../../spike/client/world-constants.ts';
import { readMap } from '../../spike/start/map.ts';
import { mode } from './provenance.ts';

/** One tick, as the module recorded it. */
export interface Tick {
  number: number;
  startedMs: number;
  latenessMs: number;
  skipped: number;
}

const DATABASE = 'lab';
/** Ticks before any that count; a quick run looks for a broken experiment, not for figures. */
const SETTLE = mode === 'full' ? 20 : 5;
const SPIN_PROBE = 200_000_000;

/** A host of its own with one founded lab world, for an experiment that must not be disturbed. */
export class Lab {
  host: Host;
  readonly owner: Account;
  readonly database = DATABASE;
  /** From the start of publishing to the first tick that a reader can see, founding included. */
  firstTickMs = NaN;
  /** Gone with the lab. */
  readonly folder: string;
  readonly binary: Binary;

  private constructor(host: Host, owner: Account, folder: string, binary: Binary) {
    this.host = host;
    this.owner = owner;
    this.folder = folder;
    this.binary = binary;
  }

  static async open(): Promise<Lab> {
    const folder = mkdtempSync(join(tmpdir(), 'spellkave-lab-'));
    const binary = await findHost(console.log, mode === 'full' ? 'any' : 'pinned');
    const module = await buildModule('lab', console.log);
    const host = await startHost({ binary, folder });
    const owner = await host.api.createAccount();
    const lab = new Lab(host, owner, folder, binary);
    const publishing = performance.now();
    await host.api.publish(DATABASE, module.wasm, owner);
    await lab.call('found_world', readMap());
    while ((await lab.lastTick()) === 0) await sleep(5);
    lab.firstTickMs = performance.now() - publishing;
    return lab;
  }

  /** Its data goes too, so nobody waits until the log is synced. */
  async close(): Promise<void> {
    await this.host.kill();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /**
   * Ends the host and starts it again on the same data and another port.
   * @param end settles when the host is gone
   * @param databases what the start wakes
   * @param binary what is started, the same host unless an experiment wraps it
   * @returns when the host was started again, in milliseconds since 1970
   */
  async restart(
    end = (host: Host): Promise<unknown> => host.stop(),
    databases = [DATABASE],
    binary = this.binary,
  ): Promise<number> {
    await end(this.host);
    const startedMs = Date.now();
    this.host = await startHost({ binary, folder: this.folder, databases });
    return startedMs;
  }

  call(reducer: string, ...args: unknown[]): Promise<void> {
    return this.host.api.call(DATABASE, reducer, args, this.owner);
  }

  /** A call by somebody other than the owner. @throws Refused with the reducer's reason */
  callAs(account: Account, reducer: string, ...args: unknown[]): Promise<void> {
    return this.host.api.call(DATABASE, reducer, args, account);
  }

  /** Somebody new, with a role when one is named. */
  async account(role?: 'Thinker' | 'Archivist' | 'Player' | 'Relay'): Promise<Account> {
    const account = await this.host.api.createAccount();
    if (role) await this.call('grant_role', [`0x${account.identity}`], { [role]: [] });
    return account;
  }

  sql(query: string): Promise<Record<string, unknown>[]> {
    return this.host.api.sql(DATABASE, query, this.owner);
  }

  /** `living` agents at 10 Hz, all of them acting in every tick, none of them asking for thoughts. */
  async everybodyActs(living: number): Promise<void> {
    await this.call('lab_populate', living);
    await this.call('set_tempo', 100, 1, 0);
  }

  /** Lets the world settle, then watches `count` ticks. */
  async watchTicks(count: number, settle = SETTLE): Promise<Tick[]> {
    if (count + settle > TICK_LOG_SLOTS)
      throw new Error(`the world keeps ${TICK_LOG_SLOTS} ticks, not ${count + settle}`);
    const first = (await this.lastTick()) + settle;
    while ((await this.lastTick()) < first + count) await sleep(200);
    return (await this.ticks()).filter(({ number }) => number >= first && number < first + count);
  }

  async lastTick(): Promise<number> {
    const [clock] = await this.sql('SELECT * FROM clock');
    return Number(clock?.['tick']);
  }

  /** What the log keeps, in order. */
  async ticks(): Promise<Tick[]> {
    const rows = await this.sql('SELECT * FROM tick_log');
    return rows
      .map((row) => ({
        number: Number(row['tick']),
        startedMs: Number((row['started'] as [number])[0]) / 1_000,
        latenessMs: Number(row['lateness_us']) / 1_000,
        skipped: Number(row['skipped']),
      }))
      .sort((a, b) => a.number - b.number);
  }

  /** Iterations that keep a reducer busy for about `milliseconds` here and now: a reducer has no clock to ask. */
  async iterationsFor(milliseconds: number): Promise<number> {
    const started = performance.now();
    await this.call('lab_spin', SPIN_PROBE);
    return Math.round((SPIN_PROBE * milliseconds) / (performance.now() - started));
  }
}
