import { buildModule } from '../../spike/host/module.ts';
import { readMap } from '../../spike/start/map.ts';
import type { Condition } from '../condition.ts';
import type { Lab } from '../harness/lab.ts';
import { quantileOf, round } from '../harness/statistics.ts';
import { ReducerTimes } from './reducer-times.ts';

const PERIOD_MS = 100;
/** Agents that one call adds: it holds the writer for some 50 ms, and no longer. */
const ADDED_AT_ONCE = 10_000;
const SETTLE = 5;

/** What some ticks cost. */
export interface Watched {
  /** Milliseconds of each tick. */
  costs: number[];
  /** Written in the mean tick. */
  rows: number;
  missed: number;
}

/** A world whose clock runs only while it is watched. */
export class PausedWorld {
  readonly #lab: Lab;
  readonly #database: string;
  readonly #times: ReducerTimes;

  private constructor(lab: Lab, database: string, times: ReducerTimes) {
    this.#lab = lab;
    this.#database = database;
    this.#times = times;
  }

  /** @param database that `populate` has filled */
  static async of(lab: Lab, database: string): Promise<PausedWorld> {
    return new PausedWorld(lab, database, await ReducerTimes.of(lab.host.api, database));
  }

  async fillPurses(): Promise<void> {
    await this.#sql('UPDATE holding SET quantity = 1000000');
  }

  /**
   * Runs the clock until `count` ticks are timed.
   * @param actEvery each agent acts once in so many ticks
   * @param settle ticks before the first that counts
   */
  async watch(actEvery: number, count: number, settle = SETTLE): Promise<Watched> {
    const times = this.#times;
    await this.#call('set_tempo', PERIOD_MS, actEvery, 0);
    await this.#call('resume_clock');
    await times.watch('tick', settle);
    const missed = await this.#missed();
    const before = { rows: await times.rowsWritten('tick'), ...(await times.spent('tick')) };
    const costs = await times.watch('tick', count);
    const after = { rows: await times.rowsWritten('tick'), ...(await times.spent('tick')) };
    await this.#call('pause_clock');
    const rows = (after.rows - before.rows) / (after.runs - before.runs);
    return { costs, rows, missed: (await this.#missed()) - missed };
  }

  async #missed(): Promise<number> {
    return Number((await this.#sql('SELECT * FROM clock'))[0]?.['skipped']);
  }

  #call(reducer: string, ...args: unknown[]): Promise<void> {
    return this.#lab.host.api.call(this.#database, reducer, args, this.#lab.owner);
  }

  #sql(query: string): Promise<Record<string, unknown>[]> {
    return this.#lab.host.api.sql(this.#database, query, this.#lab.owner);
  }
}

/** Stops the clock of a world and adds agents until `living` live in it. Any world but the lab's own is founded first. */
export async function populate(lab: Lab, database: string, living: number): Promise<void> {
  const { api } = lab.host;
  const call = (reducer: string, ...args: unknown[]) => api.call(database, reducer, args, lab.owner);
  if (database !== lab.database) {
    await api.publish(database, (await buildModule('lab', console.log)).wasm, lab.owner);
    await call('found_world', readMap());
  }
  await call('pause_clock');
  for (let some = Math.min(living, ADDED_AT_ONCE); some <= living; some += ADDED_AT_ONCE) {
    await call('lab_populate', some);
  }
}

/** Some rounds as figures of a condition. */
export function costsOf(rounds: Watched[]): Condition['figures'] {
  const costs = rounds.flatMap((watched) => watched.costs);
  const rows = rounds.reduce((sum, watched) => sum + watched.rows, 0) / rounds.length;
  return [
    { name: 'cost.p50', label: 'Cost of a tick, p50', unit: 'ms', value: round(quantileOf(costs, 0.5)) },
    { name: 'cost.p99', label: 'Cost of a tick, p99', unit: 'ms', value: round(quantileOf(costs, 0.99)) },
    { name: 'rows', label: 'Rows written in a tick', unit: 'rows', value: round(rows) },
  ];
}
