import { backOff } from '../client/back-off.ts';

/** Fewer may be chance. */
const MOST_FAILURES = 3;

export interface BreakerOptions {
  log: (line: string) => void;
  /** A clock that nobody can set, in milliseconds. */
  now?: () => number;
  /** At least 0 and below 1. */
  random?: () => number;
}

/**
 * Keeps a thinker from calling a mind that fails every time. After a few failures in a row it allows one thought at a
 * time, each after a longer pause, until one ends with an answer.
 */
export class Breaker {
  readonly #options: BreakerOptions;
  readonly #now: () => number;
  /** In a row, without those of thoughts that began before the pause. */
  #failures = 0;
  #openSince: number | undefined;
  #pausesUntil = 0;
  #lastReason = '';

  constructor(options: BreakerOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  get #isOpen(): boolean {
    return this.#openSince !== undefined;
  }

  /** Thoughts at once, including those in progress. */
  allows(): number {
    if (!this.#isOpen) return Infinity;
    return this.#now() < this.#pausesUntil ? 0 : 1;
  }

  /** The mind answered, even if the answer was of no use. */
  answered(): void {
    if (this.#openSince !== undefined) {
      const seconds = Math.round((this.#now() - this.#openSince) / 1_000);
      this.#options.log(`the mind answers again, after ${seconds} s`);
    }
    this.#failures = 0;
    this.#openSince = undefined;
    this.#lastReason = '';
  }

  /**
   * The mind gave no answer.
   * @returns whether that is news: while it pauses, the same failure again is not
   */
  failed(reason: string): boolean {
    const isNews = !this.#isOpen || reason !== this.#lastReason;
    this.#lastReason = reason;
    if (this.#isOpen && this.#now() < this.#pausesUntil) return isNews;
    this.#failures++;
    if (this.#failures >= MOST_FAILURES) this.#pause();
    return isNews;
  }

  #pause(): void {
    const ms = backOff(this.#failures, this.#options.random);
    this.#pausesUntil = this.#now() + ms;
    if (this.#isOpen) return;
    this.#openSince = this.#now();
    this.#options.log(
      `the mind failed ${this.#failures} times in a row (${this.#lastReason}); trying one request at a time, after a pause each, until it answers`,
    );
  }
}
