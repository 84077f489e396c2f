import type { MindMode } from '../client/bindings/index.ts';

/** A provider may ask for hours; a thinker looks again before. */
const LONGEST_WAIT_MS = 60_000;

/** How many thoughts a thinker may have at once: what its owner, its world and its mind allow it. */
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

  obey(mode: MindMode['tag'], now = Date.now()): void {
    this.#mode = mode;
    this.#restsUntil = now + this.#restMs;
  }

  /** A thought has ended. @param waitMs how long the mind wants to be left alone */
  ended(waitMs: number, now = Date.now()): void {
    this.#restsUntil = now + this.#restMs;
    this.#waitsUntil = Math.max(this.#waitsUntil, now + Math.min(waitMs, LONGEST_WAIT_MS));
  }

  /** Thoughts at once, those in progress included. */
  allows(now = Date.now()): number {
    if (this.#mode === 'Stopped' || now < this.#waitsUntil) return 0;
    if (this.#mode === 'Normal') return this.#concurrency;
    return now < this.#restsUntil ? 0 : 1;
  }
}
