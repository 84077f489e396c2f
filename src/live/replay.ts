import type { MindMode, News } from './news.ts';

/** A run of a real world, as it arrived; made by `npm run record:live`. */
export interface Recording {
  /** How this file comes about. */
  generated: string;
  /** In ISO 8601. */
  recordedAt: string;
  /** The version that the host reported. */
  host: string;
  /** When each piece of news came, in milliseconds since the first. */
  news: [number, News][];
}

const STEP_MS = 50;
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** When and on what it was recorded, in words. */
export function recordedWhen({ recordedAt, host }: Recording): string {
  return `recorded ${moment.format(new Date(recordedAt))} UTC on host ${host}, and repeated`;
}

/** A stretch of the recording in which the minds were set so. */
export interface Phase {
  mode: MindMode;
  fromMs: number;
}

export interface ReplayOptions {
  tell: (news: News) => void;
  /** Where it is, or whether it runs, has changed. */
  onMove?: () => void;
}

/** Tells a recording at its pace or at another, again and again; it can be paused and moved to any moment. */
export class Replay {
  readonly lengthMs: number;
  readonly phases: Phase[];
  readonly #news: Recording['news'];
  readonly #options: ReplayOptions;
  readonly #timer: ReturnType<typeof setInterval>;
  #next = 0;
  #atMs = 0;
  #before = performance.now();
  #isPaused = false;
  #speed = 1;

  constructor({ news }: Recording, options: ReplayOptions) {
    this.#news = news;
    this.#options = options;
    this.lengthMs = news.at(-1)?.[0] ?? 0;
    this.phases = news.flatMap(([fromMs, piece]) => (piece.kind === 'minds' ? [{ fromMs, mode: piece.mode }] : []));
    this.#tellUntil(0);
    this.#timer = setInterval(() => this.#step(), STEP_MS);
  }

  get atMs(): number {
    return this.#atMs;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  set isPaused(paused: boolean) {
    this.#isPaused = paused;
    this.#before = performance.now();
    this.#options.onMove?.();
  }

  /** How many times as fast as it was. */
  set speed(speed: number) {
    this.#speed = speed;
  }

  /** Goes to a moment. Going back means telling everything again from the start. */
  seek(toMs: number): void {
    this.#atMs = Math.min(this.lengthMs, Math.max(0, toMs));
    this.#before = performance.now();
    if ((this.#news[this.#next - 1]?.[0] ?? 0) > this.#atMs) this.#next = 0;
    this.#tellUntil(this.#atMs);
    this.#options.onMove?.();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #step(): void {
    const now = performance.now();
    const passed = now - this.#before;
    this.#before = now;
    if (this.#isPaused) return;
    this.#atMs += passed * this.#speed;
    if (this.#next >= this.#news.length && this.#atMs > this.lengthMs) [this.#next, this.#atMs] = [0, 0];
    this.#tellUntil(this.#atMs);
    this.#options.onMove?.();
  }

  #tellUntil(atMs: number): void {
    for (let entry = this.#news[this.#next]; entry && entry[0] <= atMs; entry = this.#news[this.#next]) {
      this.#next++;
      this.#options.tell(entry[1]);
    }
  }
}
