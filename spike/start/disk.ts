import { statfs } from 'node:fs/promises';

export const MEGABYTE = 1_000_000;
/** Looks often, because a download can fill a disk within a minute. */
const LOOK_MS = 2_000;
const WARN_AT = 2;
/** The clock resumes only with so much more than it needs, so that it does not stop and start every few seconds. */
const RESUME_AT = 1.25;
const FULL_AT = 0.1;

/** `low`: say so. `short`: pause the clock. `full`: a crash now may cost what was said since. */
export type Level = 'ample' | 'low' | 'short' | 'full';

/** What the watcher of a disk may do. */
export interface DiskActions {
  /** Pauses the clock and tells everybody the reason. Called at each look while space is short. */
  pause: (reason: string) => Promise<void>;
  /** Lets the clock go on, if `pause` stopped it. */
  resume: () => Promise<void>;
  say: (line: string) => void;
}

/** How free bytes compare with the bytes that a world should keep free. @param before the level so far */
export function levelOf(free: number, keepFree: number, before: Level = 'ample'): Level {
  const wasShort = before === 'short' || before === 'full';
  if (free < keepFree * FULL_AT) return 'full';
  if (free < keepFree * (wasShort ? RESUME_AT : 1)) return 'short';
  return free < keepFree * WARN_AT ? 'low' : 'ample';
}

/** Bytes that this user may still write in a folder. 0 also when the file system takes no more files. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize, files, ffree } = await statfs(folder);
  // Some file systems count no files, and answer 0 of 0.
  return files > 0 && ffree === 0 ? 0 : bavail * bsize;
}

/**
 * Refuses a disk on which the world would not last.
 * @throws Error with what is free and what to do
 */
export async function checkDisk(folder: string, keepFree: number, free = freeBytes): Promise<void> {
  const bytes = await free(folder);
  if (levelOf(bytes, keepFree) !== 'full') return;
  throw new Error(
    `${megabytes(bytes)} are free on the disk of ${folder}, and a start needs ${megabytes(keepFree * FULL_AT)}: ` +
      'free some space, or name less with --keep-free.',
  );
}

/**
 * Watches the free space of the world's folder. When the pinned host cannot write its log it still accepts calls, and
 * what they did is lost if it ends before there is space again. So the clock pauses while there is room for the rest.
 */
export class DiskWatcher {
  readonly #keepFree: number;
  readonly #free: () => Promise<number>;
  readonly #actions: DiskActions;
  #level: Level = 'ample';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(keepFree: number, free: () => Promise<number>, actions: DiskActions) {
    this.#keepFree = keepFree;
    this.#free = free;
    this.#actions = actions;
  }

  /** Looks now, and then again and again until `close`. What fails is tried again at the next look. */
  async start(): Promise<void> {
    await this.look().catch(() => {});
    if (!this.#isClosed) this.#timer = setTimeout(() => void this.start(), LOOK_MS);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  /** @throws Error when the disk cannot be read, or an action fails */
  async look(): Promise<void> {
    const free = await this.#free();
    const level = levelOf(free, this.#keepFree, this.#level);
    await this.#act(level, megabytes(free));
    this.#level = level;
  }

  async #act(level: Level, free: string): Promise<void> {
    const { pause, resume, say } = this.#actions;
    const before = this.#level;
    const wasPaused = before === 'short' || before === 'full';
    const needed = megabytes(this.#keepFree);
    if (level === 'short' || level === 'full') {
      await pause(`the disk is nearly full`);
      if (level === before) return;
      if (!wasPaused) say(`disk: ${free} are free, less than ${needed}, so the clock is paused until there is more`);
      if (level === 'full')
        say(`disk: ${free} are free: free some space before you stop the world, or what happens now may be lost`);
    } else if (wasPaused) {
      await resume();
      say(`disk: ${free} are free, so the clock goes on`);
    } else if (level === 'low' && before === 'ample') {
      say(`disk: ${free} are free; below ${needed} the clock pauses`);
    }
  }
}

function megabytes(bytes: number): string {
  return `${Math.floor(bytes / MEGABYTE).toLocaleString('en')} MB`;
}
