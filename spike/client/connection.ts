import { DbConnection } from './bindings/index.ts';
import { Watchdog } from './watchdog.ts';

const CLOCK = 'SELECT * FROM clock';

export interface ConnectionOptions {
  url: string;
  database: string;
  token: string | undefined;
  queries: string[];
  /** The host accepted the token, or made a new one. Nothing is subscribed yet. */
  onOpen: (db: DbConnection, token: string) => void;
  /** The subscription is complete. */
  onLive: (db: DbConnection, identity: string) => void;
  /** Called at most once, and never after `close`. */
  onLost: (reason: string) => void;
}

/**
 * One connection to a world, from the attempt until it is lost.
 *
 * SDK 1.3.3 hides a lost connection: `onDisconnect` stays silent, the close arrives as a second `onConnectError`, and
 * calls vanish. So a connect error at any time counts as lost, and so does whatever the watchdog notices.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #watchdog = new Watchdog((reason) => this.#lose(reason));
  readonly #db: DbConnection;
  #ended = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const builder = DbConnection.builder()
      .withUri(options.url)
      .withModuleName(options.database)
      // The SDK unpacks a compressed message while later ones overtake it, and then drops their rows.
      .withCompression('none')
      .onConnect((db, identity, token) => this.#subscribe(db, identity.toHexString(), token))
      .onConnectError((_, error) => this.#lose(reasonOf(error)))
      .onDisconnect(() => this.#lose('the host closed the connection'));
    this.#db = (options.token ? builder.withToken(options.token) : builder).build();
    this.#watchdog.expectAnswer();
  }

  close(): void {
    this.#ended = true;
    this.#watchdog.stop();
    this.#db.disconnect();
  }

  #subscribe(db: DbConnection, identity: string, token: string): void {
    // The answer may come after `close`, or after the watchdog gave up on it.
    if (this.#ended) return db.disconnect();
    this.#options.onOpen(db, token);
    db.db.clock.onUpdate(() => {
      if (!this.#ended) this.#watchdog.expectTick(db);
    });
    db.subscriptionBuilder()
      .onApplied(() => {
        if (this.#ended) return;
        this.#watchdog.expectTick(db);
        this.#options.onLive(db, identity);
      })
      .onError((context) => this.#lose(`the subscription was rejected: ${String(context.event)}`))
      .subscribe([...new Set([...this.#options.queries, CLOCK])]);
  }

  #lose(reason: string): void {
    if (this.#ended) return;
    this.close();
    this.#options.onLost(reason);
  }
}

/** A refused connection is reported as an Error, a lost one as the browser's CloseEvent, which holds no reason. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection closed';
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
