const BEAT_MS = 50;
const KEEP_BEATS = 200;

/** How late this process's own timers fire: when they are late, the machine is busy, and the world is not to blame. */
export class Heartbeat {
  readonly #late: number[] = [];
  readonly #timer: ReturnType<typeof setInterval>;
  #due = performance.now() + BEAT_MS;

  constructor() {
    this.#timer = setInterval(() => this.#beat(), BEAT_MS);
  }

  /** The worst of the last ten seconds, in milliseconds. */
  get worstMs(): number {
    return Math.max(0, ...this.#late);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    const now = performance.now();
    this.#late.push(Math.max(0, now - this.#due));
    if (this.#late.length > KEEP_BEATS) this.#late.shift();
    this.#due = now + BEAT_MS;
  }
}
