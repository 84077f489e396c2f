import type { MindMode } from '../client/bindings/index.ts';

/** A provider may ask for hours, or name a wrong date. Try again after this time at the latest, in milliseconds. */
const LONGEST_WAIT_MS = 10 * 60_000;

/** How many thoughts a thinker may have at once: as many as its owner, its world and its mind allow. */
export class Pace {
  readonly #concurrency: number;
  readonly #restMs: number;
  #mode: MindMode['tag'] = 'Normal';
  #restsUntil = 0;
  #waitsUntil = 0;

  /** @param restMs in slow mode, before each thought */
  constructor(concurrency: number, restMs: number) {
    this.#concurrency = concurrency;
    this.#restMs = restMs;
  }

  get mode(): MindMode['tag'] {
    return this.#mode;
  }

  obey(mode: MindMode['tag'], now = performance.now()): void {
    this.#mode = mode;
    this.#restsUntil = now + this.#restMs;
  }

  /** A thought has ended. @param waitMs how long to leave the mind alone */
  ended(waitMs: number, now = performance.now()): void {
    this.#restsUntil = now + this.#restMs;
    this.#waitsUntil = Math.max(this.#waitsUntil, now + Math.min(waitMs, LONGEST_WAIT_MS));
  }

  /** Thoughts at once, including those in progress. */
  allows(now = performance.now()): number {
    if (this.#mode === 'Stopped' || now < this.#waitsUntil) return 0;
    if (this.#mode === 'Normal') return this.#concurrency;
    return now < this.#restsUntil ? 0 : 1;
  }
}
