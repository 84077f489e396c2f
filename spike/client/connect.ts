import { DbConnection } from './bindings/index.ts';
import { backOff } from './back-off.ts';
import type { TokenStore } from './token-store.ts';

/** What a connection is doing; enough for a status line. */
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
  /** Subscribed after every connect; the clock is always among them, because its silence means a dead world. */
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
  /** The first time that a subscription is complete. */
  readonly firstLive: Promise<DbConnection>;
  close(): void;
}

const CLOCK = 'SELECT * FROM clock';
const SILENCE_MS = 5_000;
/** Where the owner has made ticks rare. */
const TICKS_OF_SILENCE = 3;
/** From the first attempt until the subscription is complete. */
const ANSWER_MS = 20_000;

/**
 * Connects to a world and stays connected: reconnects with back-off and subscribes anew.
 *
 * SDK 1.3.3 does not reconnect and hides a lost connection: `onDisconnect` stays silent, the close arrives as a second
 * `onConnectError`, and calls vanish. So both count as lost, and so does a host that does not answer in time, and a
 * clock that stops without being paused.
 */
export function connect(options: ConnectOptions): Link {
  let generation = 0;
  let attempt = 0;
  let closed = false;
  let live: DbConnection | undefined;
  let current: DbConnection | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const report = options.onStatus ?? (() => {});
  let announce: (db: DbConnection) => void;
  const firstLive = new Promise<DbConnection>((resolve) => (announce = resolve));

  function open(): void {
    const mine = ++generation;
    report({ state: 'connecting', attempt: ++attempt });
    const token = options.tokens.load();
    const lost = (db: DbConnection, reason: string) => {
      if (mine !== generation || closed) return;
      generation++;
      live = undefined;
      clearTimeout(timer);
      db.disconnect();
      const retryMs = backOff(attempt);
      timer = setTimeout(open, retryMs);
      report({ state: 'lost', reason, retryMs });
    };
    const watchClock = (db: DbConnection) => {
      clearTimeout(timer);
      const clock = db.db.clock.id.find(0);
      if (mine !== generation || closed || clock?.paused) return;
      const patienceMs = Math.max(SILENCE_MS, (TICKS_OF_SILENCE * Number(clock?.periodUs ?? 0)) / 1_000);
      timer = setTimeout(() => lost(db, `no tick for ${patienceMs / 1_000} s`), patienceMs);
    };
    const builder = DbConnection.builder()
      .withUri(options.url)
      .withModuleName(options.database)
      // The SDK unpacks a compressed message while later ones overtake it, and then drops their rows.
      .withCompression('none')
      .onConnect((db, identity, newToken) => {
        if (closed) return db.disconnect();
        options.tokens.save(newToken);
        options.wire?.(db);
        db.db.clock.onUpdate(() => watchClock(db));
        db.subscriptionBuilder()
          .onApplied(() => {
            if (mine !== generation || closed) return;
            attempt = 0;
            live = db;
            watchClock(db);
            report({ state: 'live', identity: identity.toHexString() });
            options.onLive?.(db);
            announce(db);
          })
          .onError((context) => lost(db, `the subscription was refused: ${String(context.event)}`))
          .subscribe([...new Set([...options.queries, CLOCK])]);
      })
      .onConnectError((context, error) => lost(context as unknown as DbConnection, reasonOf(error)))
      .onDisconnect((context) => lost(context as unknown as DbConnection, 'the host closed the connection'));
    const db = (token ? builder.withToken(token) : builder).build();
    current = db;
    timer = setTimeout(() => lost(db, `no answer for ${ANSWER_MS / 1_000} s`), ANSWER_MS);
  }

  open();
  return {
    get db() {
      return live;
    },
    firstLive,
    close() {
      if (closed) return;
      closed = true;
      clearTimeout(timer);
      current?.disconnect();
      live = current = undefined;
      report({ state: 'closed' });
    },
  };
}

/** A refused connection comes as an Error, a lost one as the browser's CloseEvent, which says nothing. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection closed';
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
