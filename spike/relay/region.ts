import type { DbConnection } from '../client/bindings/index.ts';
import { connect, type Link, type Status } from '../client/connect.ts';
import type { TokenStore } from '../client/token-store.ts';

export interface RegionOptions {
  /** Of its host, e.g. `http://127.0.0.1:3000`. */
  url: string;
  database: string;
  tokens: TokenStore;
  onStatus?: (status: Status) => void;
}

/** A fact that nobody asked about for so long was not true in between. */
const GAP_MS = 500;
const BEAT_MS = 100;
/** No journey has this number, so forgetting it changes nothing. */
const NO_JOURNEY = 0n;
const TABLES = ['region', 'peer', 'departure', 'arrival', 'passport', 'world'];

/** One region as a relay sees it: its journeys, and since when each row has been visible on this connection. */
export class Region {
  readonly link: Link;
  readonly #seen = new Map<string, { sinceMs: number; lastMs: number }>();
  #live = 0;
  /** When the last call was sent that the host has answered, and one that it has not answered yet. */
  #answeredMs = -Infinity;
  #askedMs: number | undefined;

  constructor({ url, database, tokens, onStatus }: RegionOptions) {
    this.link = connect({
      url,
      database,
      tokens,
      queries: TABLES.map((table) => `SELECT * FROM ${table}`),
      wire: (db) => this.#wire(db),
      onLive: () => (this.#live += 1),
      ...(onStatus && { onStatus }),
    });
  }

  get db(): DbConnection | undefined {
    return this.link.db;
  }

  /** Counts the connections that have been live, so that a caller notices another one. */
  get connection(): number {
    return this.#live;
  }

  /** The region's own row; `undefined` while it is not connected. */
  get own() {
    return this.db?.db.region.id.find(0);
  }

  #wire(db: DbConnection): void {
    // What was durable before a loss may be gone after it, so every wait begins again.
    this.#seen.clear();
    [this.#answeredMs, this.#askedMs] = [-Infinity, undefined];
    db.reducers.onForgetDeparture(({ event }, number) => {
      if (number !== NO_JOURNEY || !event.callerConnectionId?.isEqual(db.connectionId)) return;
      this.#answeredMs = this.#askedMs ?? this.#answeredMs;
      this.#askedMs = undefined;
    });
  }

  /**
   * Asks the host whether it is still there, by a call that changes nothing. Nothing else tells a host that was cut off,
   * or has lost its power, from one where nothing happens.
   */
  beat(): void {
    const now = performance.now();
    if (!this.db || this.#askedMs !== undefined || now - this.#answeredMs < BEAT_MS) return;
    this.#askedMs = now;
    this.db.reducers.forgetDeparture(NO_JOURNEY);
  }

  /**
   * Whether `fact` has been true at every look for so long on this connection. Ask at every look while it is true. Only
   * the time counts for which the host has answered since.
   * @param fact a text that changes when the fact does
   */
  isRipe(fact: string, waitMs: number): boolean {
    const now = performance.now();
    const before = this.#seen.get(fact);
    const since = before && now - before.lastMs < GAP_MS ? before.sinceMs : now;
    this.#seen.set(fact, { sinceMs: since, lastMs: now });
    return this.#answeredMs - since >= waitMs;
  }

  /** Drops what has not been true for a while. */
  forgetPast(): void {
    const now = performance.now();
    for (const [fact, { lastMs }] of this.#seen) if (now - lastMs > GAP_MS) this.#seen.delete(fact);
  }

  close(): void {
    this.link.close();
  }
}
