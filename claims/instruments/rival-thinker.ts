import { Caller } from '../../spike/rival/server/caller.ts';
import type { Lease } from '../../spike/rival/world/think/lease.ts';

/** Requests that one thinker holds at a time. */
const CONCURRENCY = 50;

/** A thinker of the game server whose mind answers at once. */
export class RivalThinker {
  readonly #caller: Caller;

  private constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** Leases and answers whenever the server says that something waits. */
  static async react(url: string): Promise<RivalThinker> {
    const thinker = new RivalThinker(await Caller.connect(url));
    let isBusy = false;
    let isAsked = true;
    const work = async () => {
      if (isBusy) return;
      isBusy = true;
      while (isAsked) {
        isAsked = false;
        // A full lease may have left some behind.
        if ((await thinker.#think()) === CONCURRENCY) isAsked = true;
      }
      isBusy = false;
    };
    thinker.#caller.onFrame = (frame) => {
      if (frame.kind !== 'notice' || frame.name !== 'pending') return;
      isAsked = true;
      void work();
    };
    await work();
    return thinker;
  }

  /** Leases and answers once in so many milliseconds, whatever the server says. */
  static async poll(url: string, everyMs: number): Promise<RivalThinker> {
    const thinker = new RivalThinker(await Caller.connect(url));
    const timer = setInterval(() => void thinker.#think().catch(() => clearInterval(timer)), everyMs);
    return thinker;
  }

  close(): Promise<void> {
    return this.#caller.close();
  }

  /** @returns how many requests it got */
  async #think(): Promise<number> {
    const leases = (await this.#caller.call('lease', CONCURRENCY)) as Lease[];
    await Promise.all(
      leases.map(({ request, leaseEpoch, agent }) =>
        this.#caller.call('submit', request, leaseEpoch, { Say: `I am number ${agent}.` }),
      ),
    );
    return leases.length;
  }
}
