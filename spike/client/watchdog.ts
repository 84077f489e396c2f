import type { DbConnection } from './bindings/index.ts';

/** From the first attempt until the subscription is complete. */
const ANSWER_MS = 20_000;
const SILENCE_MS = 5_000;
/** Owners can make ticks rare, so allow this many periods where they take longer than `SILENCE_MS`. */
const TICKS_OF_SILENCE = 3;

/**
 * Notices a dead connection that the SDK still calls open: a host that does not answer, or a clock that stops without
 * being paused.
 */
export class Watchdog {
  readonly #onSilence: (reason: string) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onSilence: (reason: string) => void) {
    this.#onSilence = onSilence;
  }

  expectAnswer(): void {
    this.#expect('answer', ANSWER_MS);
  }

  /** Call this once the subscription is complete, and on every change of the clock. */
  expectTick({ db }: DbConnection): void {
    const clock = db.clock.id.find(0);
    if (clock?.paused) return this.stop();
    const periodMs = Number(clock?.periodUs ?? 0) / 1_000;
    this.#expect('tick', Math.max(SILENCE_MS, TICKS_OF_SILENCE * periodMs));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #expect(what: string, patienceMs: number): void {
    this.stop();
    this.#timer = setTimeout(() => this.#onSilence(`no ${what} for ${patienceMs / 1_000} s`), patienceMs);
  }
}
