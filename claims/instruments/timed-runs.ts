import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../../spike/host/api.ts';
import type { Lab } from '../harness/lab.ts';
import { ReducerTimes } from './reducer-times.ts';

/** Calls a reducer once and keeps how long it took. */
export type Run = (reducer: string, account: Account, ...args: unknown[]) => Promise<void>;

/** Runs of reducers, called or scheduled, and how long each took by the host's own metrics. */
export class TimedRuns {
  readonly #lab: Lab;
  readonly #times: ReducerTimes;
  readonly #took: (reducer: string, ...ms: number[]) => void;

  private constructor(lab: Lab, times: ReducerTimes, took: (reducer: string, ...ms: number[]) => void) {
    this.#lab = lab;
    this.#times = times;
    this.#took = took;
  }

  /** @param took keeps the times, except those of ticks */
  static async of(lab: Lab, took: (reducer: string, ...ms: number[]) => void): Promise<TimedRuns> {
    return new TimedRuns(lab, await ReducerTimes.of(lab.host.api, lab.database), took);
  }

  readonly call: Run = async (reducer, account, ...args) =>
    this.#took(reducer, await this.#times.time(reducer, () => this.#lab.callAs(account, reducer, ...args)));

  /** Times the next `count` runs of each of some reducers that the host calls by itself, all at the same time. */
  async watchAll(reducers: string[], count: number): Promise<void> {
    const watched = reducers.map(async (reducer) => this.#took(reducer, ...(await this.#times.watch(reducer, count))));
    await Promise.all(watched);
  }

  /** @returns the times of the next `count` ticks, in a world where everybody acts once in `round` of them */
  async ticks(periodMs: number, round: number, count: number): Promise<number[]> {
    await this.#lab.call('set_tempo', periodMs, round, 0);
    return this.#times.watch('tick', count, await this.#betweenTicks(periodMs));
  }

  /** @returns what waits until halfway between the next two ticks */
  async #betweenTicks(periodMs: number): Promise<() => Promise<unknown>> {
    const startedMs = (await this.#lab.ticks()).at(-1)?.startedMs ?? Date.now();
    return () => sleep(periodMs - ((Date.now() - startedMs + periodMs / 2) % periodMs));
  }
}
