import type { ReducerEvent } from '@clockworklabs/spacetimedb-sdk';
import type { DbConnection } from '../client/bindings/index.ts';

type Name = 'join' | 'act' | 'ask';

interface Waiting {
  done: () => void;
  failed: (error: Error) => void;
}

/** A command cannot be carried out. The message is the reason, in the world's or the client's words. */
export class Rejected extends Error {}

/** Turns reducer calls into promises: the host reports the outcome of each call to its caller, in order. */
export class Calls {
  readonly #waiting: Record<Name, Waiting[]> = { join: [], act: [], ask: [] };
  readonly #patienceMs: number;

  constructor(patienceMs = 10_000) {
    this.#patienceMs = patienceMs;
  }

  /** Listens on a new connection. Calls on the previous one are never answered. */
  wire(db: DbConnection): void {
    this.lost();
    const settle = (name: Name, event: ReducerEvent<{ name: string }>) => {
      if (!event.callerConnectionId?.isEqual(db.connectionId)) return;
      const waiting = this.#waiting[name].shift();
      if (event.status.tag === 'Committed') waiting?.done();
      else
        waiting?.failed(
          new Rejected(event.status.tag === 'Failed' ? event.status.value : 'the host ran out of energy'),
        );
    };
    db.reducers.onJoin(({ event }) => settle('join', event));
    db.reducers.onAct(({ event }) => settle('act', event));
    db.reducers.onAsk(({ event }) => settle('ask', event));
  }

  /** The connection is lost: no open call is answered any more. */
  lost(): void {
    for (const waiting of Object.values(this.#waiting))
      for (const { failed } of waiting.splice(0))
        failed(new Error('The connection was lost. Whether the command was carried out is unknown.'));
  }

  /**
   * Sends a call and waits for its outcome.
   * @param onDone called at once when it is done, before any later event of the world is shown
   * @throws Rejected with the reducer's reason, or Error when the outcome is unknown
   */
  async call(name: Name, send: () => void, onDone?: () => void): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((done, failed) => {
      send();
      // Keep its place in the queue after the timeout: its answer may still come, and belongs to no other call.
      const settled = () => {
        onDone?.();
        done();
      };
      this.#waiting[name].push({ done: settled, failed });
      timer = setTimeout(
        () => failed(new Error('The world does not answer. Whether the command was carried out is unknown.')),
        this.#patienceMs,
      );
    }).finally(() => clearTimeout(timer));
  }
}
