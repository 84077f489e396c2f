import { statSync, truncateSync } from 'node:fs';
import { newestSegment } from './data-folder.ts';

const LOOK_MS = 20;
const REMEMBER_MS = 3_000;

/**
 * Remembers how long a world's log was, so that a power cut can be played on it: the kill of a process alone takes almost
 * nothing back, because the operating system keeps what was written and not synced.
 */
export class LogTail {
  readonly #world: string;
  readonly #timer: ReturnType<typeof setInterval>;
  #sizes: { atMs: number; path: string; bytes: number }[] = [];

  /** @param world its folder, with one database in it */
  constructor(world: string) {
    this.#world = world;
    this.#look();
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /**
   * Cuts off what was written in the last milliseconds before a moment. Never more: where no size is known of the exact
   * moment, the next one counts.
   * @param endedMs when the host was killed, as `performance.now()` tells it
   */
  cutBack(endedMs: number, lostMs: number): void {
    const path = newestSegment(this.#world);
    const kept = this.#sizes.find((size) => size.path === path && size.atMs >= endedMs - lostMs);
    if (kept) truncateSync(path, Math.min(kept.bytes, statSync(path).size));
  }

  #look(): void {
    const [atMs, path] = [performance.now(), newestSegment(this.#world)];
    this.#sizes = this.#sizes.filter((size) => size.atMs > atMs - REMEMBER_MS);
    // The size is taken after the time, so that what is written in between is kept.
    this.#sizes.push({ atMs, path, bytes: statSync(path).size });
  }
}
