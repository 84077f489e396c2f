import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../../spike/host/api.ts';

interface Spent {
  runs: number;
  ms: number;
}

const POLL_MS = 45;

/**
 * How long a reducer holds the writer, by the host's own clock: from asking for the writer until its commit is made and
 * every subscription to it evaluated. Where another holds the writer meanwhile, that wait is in it. The host keeps a sum
 * and a count for each reducer; read after each run they give every single time, where its histogram begins at 5 ms.
 * @see https://github.com/clockworklabs/SpacetimeDB/blob/v1.2.0/crates/core/src/host/wasm_common/module_host_actor.rs
 */
export class ReducerTimes {
  readonly #api: Api;
  readonly #identity: string;

  private constructor(api: Api, identity: string) {
    this.#api = api;
    this.#identity = identity;
  }

  static async of(api: Api, database: string): Promise<ReducerTimes> {
    const response = await fetch(`${api.url}/v1/database/${database}/identity`);
    return new ReducerTimes(api, (await response.text()).trim().replace(/^0x/, ''));
  }

  /** Rows that a reducer has inserted since the host started; an update inserts one. */
  async rowsWritten(reducer: string): Promise<number> {
    const labels = `{db="${this.#identity}",reducer_or_query="${reducer}"`;
    const lines = (await this.#api.metrics()).split('\n');
    return lines
      .filter((line) => line.startsWith(`spacetime_num_rows_inserted_total${labels}`))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  }

  /** Since the host started. Reading it does not touch the database. */
  async spent(reducer: string): Promise<Spent> {
    const text = await this.#api.metrics();
    const figure = (kind: 'sum' | 'count') => {
      const name = `spacetime_reducer_plus_query_duration_sec_${kind}{db="${this.#identity}",reducer="${reducer}"} `;
      const start = text.indexOf(name);
      return start < 0 ? 0 : parseFloat(text.slice(start + name.length, start + name.length + 40));
    };
    return { runs: figure('count'), ms: figure('sum') * 1_000 };
  }

  /**
   * Milliseconds of the one run of `reducer` that `call` makes.
   * @throws Error when it ran more than once meanwhile, or not at all
   */
  async time(reducer: string, call: () => Promise<unknown>): Promise<number> {
    const before = await this.spent(reducer);
    await call();
    const after = await this.spent(reducer);
    if (after.runs !== before.runs + 1) throw new Error(`${reducer} ran ${after.runs - before.runs} times, not once`);
    return after.ms - before.ms;
  }

  /**
   * Milliseconds of each of the next `count` runs of a reducer that the host calls by itself.
   * @param rest until the next look; a look takes a core for a moment, so it should not fall into a run
   */
  async watch(reducer: string, count: number, rest = (): Promise<unknown> => sleep(POLL_MS)): Promise<number[]> {
    const times: number[] = [];
    for (let before = await this.spent(reducer); times.length < count; await rest()) {
      const now = await this.spent(reducer);
      const runs = now.runs - before.runs;
      // Two runs between two looks count as two of their mean.
      for (let run = 0; run < runs; run++) times.push((now.ms - before.ms) / runs);
      before = now;
    }
    return times;
  }
}
