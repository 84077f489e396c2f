import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { NEEDS_A_PERSON } from '../exit-code.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** After running this long, the next failure is the first one again. */
const STEADY_MS = 60_000;

/** A program that was started. */
export interface Running {
  /** Leads the process group of the program. */
  readonly pid: number;
  /** Settles with the exit code. */
  readonly ended: Promise<number>;
  stop(): Promise<void>;
}

export interface KeeperOptions {
  /** The subject of a sentence, e.g. `The thinker`. */
  name: string;
  /** Where to read why it ended. */
  log: string;
  /** Starts it again. The signal says that this is no longer wanted. */
  start: (signal: AbortSignal) => Running | Promise<Running>;
  say: (line: string) => void;
  waitMs?: (failures: number) => number;
}

/**
 * Keeps a program running: when it ends, says so in one line, waits, and starts it again. The wait doubles up to a
 * minute, so that a program that cannot run costs little and still comes back once the cause is gone.
 */
export class Keeper {
  readonly #options: KeeperOptions;
  readonly #stopping = new AbortController();
  readonly #kept: Promise<void>;
  #running: Running | undefined;
  #failures = 0;

  constructor(first: Running, options: KeeperOptions) {
    this.#options = options;
    this.#running = first;
    this.#kept = this.#keep();
  }

  /** Whether the program runs now. */
  get isUp(): boolean {
    return this.#running !== undefined;
  }

  /** Ends the program with SIGKILL, as a crash does. It starts again after the first wait, however often it was killed. */
  kill(): void {
    if (!this.#running) return;
    this.#failures = 0;
    process.kill(-this.#running.pid, 'SIGKILL');
  }

  /** Ends the program, or the wait before its next start, and waits until it is gone. May be called twice. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running?.stop();
    await this.#kept;
  }

  async #keep(): Promise<void> {
    while (this.#running) {
      const began = performance.now();
      const code = await this.#running.ended;
      this.#running = undefined;
      if (this.#stopping.signal.aborted) return;
      const { name, log, say } = this.#options;
      if (code === NEEDS_A_PERSON) return say(`${name} stopped, and starts again with the next npm start; see ${log}.`);
      if (performance.now() - began >= STEADY_MS) this.#failures = 0;
      this.#running = await this.#startAgain(`ended (${reasonOf(code)})`);
    }
  }

  async #startAgain(event: string): Promise<Running | undefined> {
    const { name, log, say, start, waitMs = backOff } = this.#options;
    const { signal } = this.#stopping;
    for (let what = event; !signal.aborted;) {
      const wait = waitMs(++this.#failures);
      say(`${name} ${what} and starts again in ${wait / 1_000} s; see ${log}.`);
      await sleep(wait, undefined, { signal }).catch(() => {});
      if (signal.aborted) break;
      try {
        const running = await start(signal);
        if (!signal.aborted) return running;
        await running.stop();
      } catch (error) {
        what = `did not start (${(error as Error).message.replaceAll(/\s*\n\s*/g, ' ')})`;
      }
    }
    return undefined;
  }
}

/** @param failures in a row, 1 for the first */
export function backOff(failures: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
}

/** A supervisor reports a signal as a shell does: as 128 and its number. */
function reasonOf(code: number): string {
  const signal = Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0];
  return signal ?? `exit code ${code}`;
}
