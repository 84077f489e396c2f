import { fail, line } from './output.ts';

/** Stops everything that was started, in reverse order, and then ends this process. */
export class Shutdown {
  readonly #stops: (() => Promise<unknown> | void)[] = [];
  #ending: Promise<never> | undefined;

  /** Settles never, but keeps what waits for it waiting: the process exits first. */
  readonly ended = new Promise<never>(() => {});

  /** Settles never: the process exits first. Absent while the world runs. */
  get ending(): Promise<never> | undefined {
    return this.#ending;
  }

  /** @param stop called by `end` before the stops that were added earlier */
  add(stop: () => Promise<unknown> | void): void {
    this.#stops.push(stop);
  }

  /** Calling it again changes nothing, so a second Ctrl-C does not interrupt the first. */
  end(code: number): Promise<never> {
    return (this.#ending ??= this.#stopAll(code));
  }

  async #stopAll(code: number): Promise<never> {
    if (this.#stops.length > 0) line('\nstopping');
    for (const stop of this.#stops.reverse()) await Promise.resolve(stop()).catch(fail);
    process.exit(code);
  }
}
