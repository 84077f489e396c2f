import type { Condition } from '../condition.ts';
import { of } from '../harness/scale.ts';
import { quantileOf, round } from '../harness/statistics.ts';

/** A player waits so long for an answer before the experiment gives up, in milliseconds. */
export const PATIENCE_MS = 10_000;
/** A world that computes inside does so for about this long, in milliseconds. */
export const STALL_MS = of(600, 2_000);

/** What the clock did while it was watched. */
export interface ClockWatch {
  /** Of each tick, in milliseconds. */
  lateness: number[];
  skipped: number;
}

/** A world in which 1,000 agents act in every tick, as the experiment on thoughts sees it; the same for every arm. */
export interface ThinkingArm {
  readonly name: string;
  readonly label: string;
  /** Of the processes that make the world; their children count too. */
  readonly pids: number[];
  resume(): Promise<void>;
  pause(): Promise<void>;
  /**
   * A player asks one agent after another.
   * @returns milliseconds from each question until the player's own connection shows the answer
   */
  ask(count: number): Promise<number[]>;
  /** Starts thinkers that react to requests and answer at once, each in its own process. @returns what ends them */
  startThinkers(count: number): Promise<() => Promise<void>>;
  /** Starts a thinker that leases once in so many milliseconds and answers at once. @returns what ends it */
  startPoller(everyMs: number): Promise<() => Promise<void>>;
  /** Every agent reflects once in so many ticks; 0 for never. */
  reflectEvery(ticks: number): Promise<void>;
  /** Thoughts that were applied so far. */
  done(): Promise<number>;
  /** Requests that are neither done nor given up. */
  open(): Promise<number>;
  watchClock(ticks: number): Promise<ClockWatch>;
  /** Keeps the world busy for about `STALL_MS`, as a thought computed inside it would. @returns for how long it was */
  stall(): Promise<number>;
  close(): Promise<void>;
}

/** What one arm showed in all rounds. */
export class ThinkingFigures {
  readonly roundtrips: number[] = [];
  readonly lateness: number[] = [];
  readonly #rates: number[] = [];
  readonly #cpu: number[] = [];
  #skipped = 0;

  addReflections({ lateness, skipped }: ClockWatch, rate: number, cpuMsPerSecond: number): void {
    this.lateness.push(...lateness);
    this.#skipped += skipped;
    this.#rates.push(rate);
    this.#cpu.push(cpuMsPerSecond);
  }

  conditionOf({ name, label }: Pick<ThinkingArm, 'name' | 'label'>): Condition {
    const figure = (name: string, label: string, unit: string, value: number) => ({
      name,
      label,
      unit,
      value: round(value),
    });
    const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    return {
      name,
      label,
      figures: [
        figure('roundtrip.p50', 'Question to answer, p50', 'ms', quantileOf(this.roundtrips, 0.5)),
        figure('roundtrip.p99', 'Question to answer, p99', 'ms', quantileOf(this.roundtrips, 0.99)),
        figure('rate', 'Thoughts in a second', 'thoughts/s', average(this.#rates)),
        figure('lateness.p50', 'Lateness of the clock meanwhile, p50', 'ms', quantileOf(this.lateness, 0.5)),
        figure('lateness.p99', 'Lateness of the clock meanwhile, p99', 'ms', quantileOf(this.lateness, 0.99)),
        figure('skipped', 'Ticks missed meanwhile', 'ticks', this.#skipped),
        figure('cpu', 'Processor time of a second meanwhile', 'ms', average(this.#cpu)),
      ],
    };
  }
}
