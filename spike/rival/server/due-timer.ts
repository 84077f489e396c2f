import type { Micros } from '../world/rows.ts';
import { nowMicros } from './now.ts';

/** Calls back once when a moment has come, never before. The next moment is set by the callback, so nothing drifts. */
export class DueTimer {
  readonly #callback: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(callback: () => void) {
    this.#callback = callback;
  }

  /** Replaces the moment that was set before. */
  set(due: Micros): void {
    this.stop();
    const wait = Math.ceil((due - nowMicros()) / 1_000);
    // A timer of Node may be a little early.
    this.#timer = setTimeout(() => (nowMicros() < due ? this.set(due) : this.#callback()), Math.max(0, wait));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
