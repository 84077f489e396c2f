import type { Delta } from '../world/delta.ts';

interface Waiting {
  delta: Delta;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Writes deltas in their order, one transaction at a time. What arrives while one is on its way goes into the next one
 * together. So the clock never waits for the disk, and a slow disk makes larger transactions and no longer queue.
 */
export class GroupCommit {
  readonly #write: (deltas: readonly Delta[]) => Promise<void>;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #failure: Error | undefined;

  constructor(write: (deltas: readonly Delta[]) => Promise<void>) {
    this.#write = write;
  }

  commit(delta: Delta): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ delta, resolve, reject });
      this.#running ??= this.#drain();
    });
  }

  /** Settles when nothing is on its way. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #drain(): Promise<void> {
    // A commit made by a caller in the same turn joins the first transaction.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        if (this.#failure) throw this.#failure;
        await this.#write(batch.map(({ delta }) => delta));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        this.#failure = error as Error;
        for (const { reject } of batch) reject(error);
      }
    }
    this.#running = undefined;
  }
}
