/** Ten minutes at 10 Hz. */
export const WINDOW_TICKS = 6_000;
/** Bounds the memory, also where a thousand agents speak: then the oldest are forgotten early. */
const MAX_KEPT = 8_192;

/** When something was last used, in ticks. Holds at most 8,192 things. */
export class Recent {
  readonly #used = new Map<string, number>();

  use(what: string, tick: number): void {
    // Taken out first, because a map keeps the place of a key that it has.
    this.#used.delete(what);
    this.#used.set(what, tick);
    for (const oldest of this.#used.keys()) {
      if (this.#used.size <= MAX_KEPT) break;
      this.#used.delete(oldest);
    }
  }

  /** Whether it was not used within ten minutes of `tick`, before or after: contexts arrive out of order. */
  isFresh(what: string, tick: number): boolean {
    const used = this.#used.get(what);
    return used === undefined || Math.abs(tick - used) > WINDOW_TICKS;
  }

  get size(): number {
    return this.#used.size;
  }
}
