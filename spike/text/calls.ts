import type { ReducerEvent } from '@clockworklabs/spacetimedb-sdk';
import type { DbConnection } from '../client/bindings/index.ts';

type Name = 'join' | 'act' | 'ask';

interface Waiting {
  done: () => void;
  failed: (error: Error) => void;
}

/** Turns reducer calls into promises: the host answers each caller, in order, with what became of the call. */
export class Calls {
  readonly #waiting: Record<Name, Waiting[]> = { join: [], act: [], ask: [] };
  readonly #patienceMs: number;

  constructor(patienceMs = 10_000) {
    this.#patienceMs = patienceMs;
  }

  /** Listens on a new connection; what was asked on the one before will never be answered. */
  wire(db: DbConnection): void {
    this.lost();
    const settle = (name: Name, event: ReducerEvent<{ name: string }>) => {
      if (!event.callerConnectionId?.isEqual(db.connectionId)) return;
      const waiting = this.#waiting[name].shift();
      if (event.status.tag === 'Committed') waiting?.done();
      else
        waiting?.failed(new Error(event.status.tag === 'Failed' ? event.status.value : 'the host has no energy left'));
    };
    db.reducers.onJoin(({ event }) => settle('join', event));
    db.reducers.onAct(({ event }) => settle('act', event));
    db.reducers.onAsk(({ event }) => settle('ask', event));
  }

  /** Nobody will answer any more. */
  lost(): void {
    for (const waiting of Object.values(this.#waiting))
      for (const { failed } of waiting.splice(0))
        failed(new Error('the connection was lost; whether it was done is not known'));
  }

  /**
   * Sends a call and waits for its outcome.
   * @throws Error with the reducer's reason, or that nobody answers
   */
  async call(name: Name, send: () => void): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((done, failed) => {
      send();
      // Stays in its place after its time, because its answer may still come and is nobody else's.
      this.#waiting[name].push({ done, failed });
      timer = setTimeout(() => failed(new Error('the world does not answer')), this.#patienceMs);
    }).finally(() => clearTimeout(timer));
  }
}
