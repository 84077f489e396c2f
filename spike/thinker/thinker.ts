import type { DbConnection, EventContext, ThinkRequest } from '../client/bindings/index.ts';
import { connect, type ConnectOptions, type Link, type Status } from '../client/connect.ts';
import { plainText } from '../client/plain-text.ts';
import { AUDIENCE, LEASE_MS } from '../client/world-constants.ts';
import { until } from '../until.ts';
import { Backlog } from './backlog.ts';
import { Breaker } from './breaker.ts';
import { grantCommand } from './grant-command.ts';
import { LeasePuller } from './lease-puller.ts';
import { Leases } from './leases.ts';
import type { Mind } from './mind.ts';
import { Pace } from './pace.ts';
import { redact } from './redact.ts';

export interface ThinkerOptions extends Pick<ConnectOptions, 'url' | 'database' | 'tokens'> {
  mind: Mind;
  /** Thoughts at once. */
  concurrency: number;
  /** How long to wait for a thought, in milliseconds. Leases are renewed meanwhile, until the request's deadline. */
  timeoutMs: number;
  /** In slow mode: the rest before each thought, in milliseconds. */
  restMs?: number;
  log: (line: string) => void;
}

const QUERIES = [
  'SELECT * FROM think_request',
  'SELECT * FROM think_context',
  'SELECT * FROM mind_policy',
  `SELECT * FROM role_grant WHERE audience = ${AUDIENCE.Thinker}`,
];
const REST_MS = 5_000;
/** Two renewals may be lost, as with a connection, before a lease expires. */
const RENEW_MS = LEASE_MS / 3;
const LONGEST_DRAIN_MS = 1_000;

/** Starts the slow path's client: it leases think requests, asks a mind, and submits the answers. */
export function startThinker(options: ThinkerOptions): Thinker {
  return new Thinker(options);
}

export class Thinker {
  readonly link: Link;
  readonly #options: ThinkerOptions;
  readonly #pace: Pace;
  readonly #breaker = new Breaker({ log: (line) => this.#log(line) });
  readonly #backlog = new Backlog();
  readonly #leases: Leases;
  readonly #puller: LeasePuller;
  readonly #renewal: ReturnType<typeof setInterval>;

  constructor(options: ThinkerOptions) {
    this.#options = options;
    this.#pace = new Pace(options.concurrency, options.restMs ?? REST_MS);
    this.#leases = new Leases({
      mind: options.mind,
      timeoutMs: options.timeoutMs,
      pace: this.#pace,
      breaker: this.#breaker,
      redact: (text) => this.#redact(text),
      log: (line) => this.#log(line),
      db: () => this.link.db,
      onFree: () => this.#puller.pull(),
    });
    this.#puller = new LeasePuller({
      backlog: this.#backlog,
      capacity: () => (this.link.db ? this.#allows() - this.#leases.size : 0),
      lease: (count) => this.link.db?.reducers.lease(count),
      makeRoom: () => this.#allows() > 0 && this.#allows() <= this.#leases.size && this.#leases.yieldReflection(),
    });
    this.#renewal = setInterval(() => this.link.db && this.#leases.renewAll(this.link.db), RENEW_MS);
    this.link = connect({
      ...options,
      queries: QUERIES,
      wire: (db) => this.#wire(db),
      onLive: (db) => this.#onLive(db),
      onStatus: (status) => this.#logLoss(status),
    });
  }

  /** Takes no new request, gives leases without an answer back, waits for the world's answers, and disconnects. */
  async stop(): Promise<void> {
    this.#puller.stop();
    this.#leases.giveAllBack();
    const isDrained = () => !this.link.db || (!this.#puller.isCalling && this.#leases.size === 0);
    await until(isDrained, LONGEST_DRAIN_MS, 10);
    clearInterval(this.#renewal);
    this.link.close();
  }

  /** Thoughts at once, including those in progress. */
  #allows(): number {
    return Math.min(this.#pace.allows(), this.#breaker.allows());
  }

  #wire(db: DbConnection): void {
    const { thinkRequest, mindPolicy, roleGrant } = db.db;
    this.#puller.reset();
    this.#backlog.clear();
    this.#leases.wire(db);
    thinkRequest.onInsert((context, row) => this.#onRequest(context, row));
    thinkRequest.onUpdate((context, _, row) => this.#onRequest(context, row));
    thinkRequest.onDelete((_, row) => {
      this.#backlog.forget(row.id);
      this.#leases.end(row.id);
    });
    mindPolicy.onUpdate((_context, _before, { mode }) => this.#obey(mode.tag));
    roleGrant.onInsert(({ event }, { identity }) => {
      if (event.tag === 'Reducer' && db.identity?.isEqual(identity)) this.#log('the owner granted the role Thinker');
    });
    // The SDK calls back for the rows that the call changed after this callback, and before the microtask.
    db.reducers.onLease(({ event }) => {
      if (isOwn(db, event.callerConnectionId)) queueMicrotask(() => this.#puller.answered());
    });
    db.reducers.onSubmit(({ event }, request) => {
      if (event.status.tag === 'Failed' && isOwn(db, event.callerConnectionId))
        this.#leases.reject(request, event.status.value);
    });
  }

  #onLive(db: DbConnection): void {
    this.#log(`live as ${db.identity?.toHexString()}, thinking with ${this.#options.mind.name}`);
    if (!db.db.roleGrant.identity.find(db.identity!)) {
      const grant = grantCommand(db.identity!.toHexString(), this.#options);
      this.#log(`waiting until the owner grants this identity the role Thinker: ${grant}`);
    }
    this.#obey(db.db.mindPolicy.id.find(0)?.mode.tag ?? this.#pace.mode);
    this.#leases.resume(db);
    this.#leases.renewAll(db);
    for (const row of db.db.thinkRequest.iter()) {
      this.#backlog.see(row);
      // Leases left over from before a restart; in the other modes they would be more than the owner allows.
      if (this.#pace.mode === 'Normal') this.#take(db, row);
    }
    this.#puller.pull();
  }

  #onRequest({ event }: EventContext, row: ThinkRequest): void {
    const { db } = this.link;
    this.#backlog.see(row);
    if (!db) return;
    this.#leases.compare(row);
    if (event.tag === 'Reducer' && isOwn(db, event.value.callerConnectionId)) this.#take(db, row);
    this.#puller.pull();
  }

  #take(db: DbConnection, row: ThinkRequest): void {
    if (this.#leases.take(db, row)) this.#puller.received();
  }

  #obey(mode: Pace['mode']): void {
    if (mode !== this.#pace.mode) this.#log(`the owner set the minds to ${mode.toLowerCase()}`);
    this.#pace.obey(mode);
    this.#puller.pull();
  }

  #logLoss(status: Status): void {
    if (status.state === 'lost') this.#log(`connection lost (${status.reason}); retrying in ${status.retryMs} ms`);
  }

  #log(line: string): void {
    this.#options.log(plainText(this.#redact(line)));
  }

  #redact(text: string): string {
    return redact(text, [this.#options.tokens.load() ?? '']);
  }
}

/** Another process with the same token has the same identity, but another connection. */
function isOwn(db: DbConnection, connection: DbConnection['connectionId'] | undefined): boolean {
  return connection?.isEqual(db.connectionId) ?? false;
}
