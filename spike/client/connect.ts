import type { DbConnection } from './bindings/index.ts';
import { backOff } from './back-off.ts';
import { Connection } from './connection.ts';
import type { TokenStore } from './token-store.ts';

/** What a link is doing; enough for a status line. */
export type Status =
  | { state: 'connecting'; attempt: number }
  | { state: 'live'; identity: string }
  | { state: 'lost'; reason: string; retryMs: number }
  | { state: 'closed' };

export interface ConnectOptions {
  /** Of the host, e.g. `http://127.0.0.1:3000`. */
  url: string;
  database: string;
  tokens: TokenStore;
  /** Subscribed after every connect. The clock is always added, because the watchdog listens to it. */
  queries: string[];
  /** Registers row callbacks on a new connection, before anything is subscribed. Its cache starts empty. */
  wire?: (db: DbConnection) => void;
  /** Called once the subscription of a new connection is complete. */
  onLive?: (db: DbConnection) => void;
  onStatus?: (status: Status) => void;
}

export interface Link {
  /** The connection while it is live. Never keep it: after a reconnect there is another. */
  readonly db: DbConnection | undefined;
  /** Settles when a subscription is complete for the first time. */
  readonly firstLive: Promise<DbConnection>;
  close(): void;
}

/** Connects to a world and stays connected: after a loss it waits, connects again and subscribes anew. */
export function connect(options: ConnectOptions): Link {
  return new ReconnectingLink(options);
}

class ReconnectingLink implements Link {
  readonly firstLive: Promise<DbConnection>;
  readonly #options: ConnectOptions;
  #announceFirst: (db: DbConnection) => void = () => {};
  #connection: Connection | undefined;
  #live: DbConnection | undefined;
  /** Since the last subscription that was complete. */
  #attempts = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(options: ConnectOptions) {
    this.#options = options;
    this.firstLive = new Promise((resolve) => (this.#announceFirst = resolve));
    this.#open();
  }

  get db(): DbConnection | undefined {
    return this.#live;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#connection?.close();
    this.#live = undefined;
    this.#options.onStatus?.({ state: 'closed' });
  }

  #open(): void {
    const { url, database, tokens, queries, wire, onLive, onStatus } = this.#options;
    onStatus?.({ state: 'connecting', attempt: ++this.#attempts });
    this.#connection = new Connection({
      url,
      database,
      queries,
      token: tokens.load(),
      onOpen: (db, token) => {
        tokens.save(token);
        wire?.(db);
      },
      onLive: (db, identity) => {
        this.#attempts = 0;
        this.#live = db;
        onStatus?.({ state: 'live', identity });
        onLive?.(db);
        this.#announceFirst(db);
      },
      onLost: (reason) => this.#reopen(reason),
    });
  }

  #reopen(reason: string): void {
    this.#live = undefined;
    const retryMs = backOff(this.#attempts);
    this.#retry = setTimeout(() => this.#open(), retryMs);
    this.#options.onStatus?.({ state: 'lost', reason, retryMs });
  }
}
