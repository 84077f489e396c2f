import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Host } from '../../spike/host/host.ts';

const PROCESS = fileURLToPath(new URL('watcher-process.ts', import.meta.url));

/** A tick that every watcher saw; times in milliseconds. */
export interface SeenTick {
  tick: number;
  /** In milliseconds since 1970. */
  dueMs: number;
  /** From when it was due until the last watcher had decoded it. */
  delayMs: number;
  /** From when it was due until its rows had arrived at the last watcher. */
  arrivalMs: number;
  /** What garbage collection took of `delayMs` in the watchers’ process. */
  collectionMs: number;
}

export interface Report {
  ticks: SeenTick[];
  /** Updates of agents that all watchers together decoded. */
  rows: number;
}

/** Watchers with one connection each, all of them in one process next to the host. It ends with this process. */
export class Watchers {
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#process = child;
  }

  /**
   * Settles when all of them have what they subscribed.
   * @param queries what each watcher subscribes besides the log of ticks; `{watcher}` stands for its number
   * @param mode `receive` decodes nothing but the log of ticks, so what it shows is the host's own limit
   * @throws Error when the process ends before that
   */
  static async start(
    { url }: Host,
    database: string,
    count: number,
    queries: string[],
    mode: 'decode' | 'receive' = 'decode',
  ): Promise<Watchers> {
    return Watchers.startProcess(PROCESS, [url, database, String(count), mode, ...queries]);
  }

  /** @param file of a process that says when its watchers have their rows, and then answers with reports */
  static async startProcess(file: string, args: string[]): Promise<Watchers> {
    const child = fork(file, args, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    await message(child);
    return new Watchers(child);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** What they saw since the last report. */
  async report(): Promise<Report> {
    this.#process.send('report');
    return (await message(this.#process)) as Report;
  }

  async stop(): Promise<void> {
    this.#process.disconnect();
    if (this.#process.exitCode === null) await once(this.#process, 'exit');
  }
}

async function message(child: ChildProcess): Promise<unknown> {
  // Each wait takes its listeners with it; a process is asked many times.
  const over = new AbortController();
  const { signal } = over;
  try {
    const ended = once(child, 'exit', { signal }).then(() => {
      throw new Error('the watchers ended by themselves');
    });
    const [answer] = (await Promise.race([once(child, 'message', { signal }), ended])) as [unknown];
    return answer;
  } finally {
    over.abort();
  }
}
