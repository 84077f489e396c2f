import type { DbConnection, MindControl, ThinkContext, ThinkRequest } from '../client/bindings/index.ts';
import { connect, type ConnectOptions, type Link } from '../client/connect.ts';
import { Context, CONTEXT_VERSION, MindError, type Mind } from './mind.ts';

export interface ThinkerOptions extends Pick<ConnectOptions, 'url' | 'database' | 'tokens'> {
  mind: Mind;
  /** Thoughts at once. */
  concurrency: number;
  /** Shorter than the world's lease, so that a slow mind fails by itself before its request goes to another thinker. */
  timeoutMs: number;
  log: (line: string) => void;
}

export interface Thinker {
  readonly link: Link;
  /** Takes no new request, gives those in thought back, and disconnects. */
  stop(): Promise<void>;
}

const QUERIES = ['SELECT * FROM think_request', 'SELECT * FROM think_context', 'SELECT * FROM mind_control'];
/** A request in back-off becomes ready without any row changing. */
const POLL_MS = 1_000;
const DRAIN_MS = 250;
/** In slow mode one thought at a time, and this long a rest before each. */
const REST_MS = 5_000;

/** The slow path: a client like any other that claims requests, asks a mind, and submits what it answers. */
export function startThinker(options: ThinkerOptions): Thinker {
  const { mind, concurrency, timeoutMs, log } = options;
  const thinking = new Map<bigint, bigint>();
  let claiming = false;
  /** Whether the last claim brought anything; one that did is followed by another at once. */
  let fruitful = false;
  let stopping = false;
  /** What waits to be claimed; kept, because a world holds thousands of ended requests beside it. */
  const pending = new Map<bigint, ThinkRequest>();
  let restUntil = 0;

  const link = connect({
    ...options,
    queries: QUERIES,
    wire(db) {
      claiming = false;
      pending.clear();
      db.db.thinkRequest.onInsert((_context, row) => notice(row));
      db.db.thinkRequest.onUpdate((_context, _before, row) => notice(row));
      db.db.thinkRequest.onDelete((_context, row) => pending.delete(row.id));
      db.db.mindControl.onUpdate((_context, _before, row) => obey(row));
      db.reducers.onClaim(({ event }) => {
        if (!event.callerIdentity.isEqual(db.identity!)) return;
        claiming = false;
        if (fruitful) claim();
      });
      db.reducers.onSubmit(({ event }, request, epoch) => {
        if (!event.callerIdentity.isEqual(db.identity!) || event.status.tag !== 'Failed') return;
        giveBack(request, epoch, `the world refused it: ${event.status.value}`);
      });
    },
    onLive(db) {
      log(`live as ${db.identity?.toHexString()}, thinking with ${mind.name}`);
      for (const row of db.db.thinkRequest.iter()) takeUp(db, row);
      claim();
    },
    onStatus(status) {
      if (status.state === 'lost') log(`connection lost (${status.reason}); again in ${status.retryMs} ms`);
    },
  });
  const poll = setInterval(claim, POLL_MS);

  function notice(row: ThinkRequest): void {
    if (row.state.tag === 'Pending') pending.set(row.id, row);
    else pending.delete(row.id);
    if (!link.db) return;
    if (row.state.tag === 'Pending') claim();
    else takeUp(link.db, row);
  }

  function obey({ mode, callsPerMinute }: MindControl): void {
    log(`the owner sets the minds to ${mode.tag.toLowerCase()}, ${callsPerMinute} calls a minute`);
    restUntil = Date.now() + REST_MS;
    claim();
  }

  function claim(): void {
    const { db } = link;
    if (!db || stopping || claiming || !somethingIsReady(pending)) return;
    const free = allowed(db) - thinking.size;
    if (free <= 0) return;
    claiming = true;
    fruitful = false;
    db.reducers.claim(free);
  }

  /** Thoughts at once, as the owner wants it now. */
  function allowed(db: DbConnection): number {
    const mode = db.db.mindControl.id.find(0)?.mode.tag;
    if (mode === 'Stopped') return 0;
    if (mode !== 'Slow') return concurrency;
    return Date.now() < restUntil ? 0 : 1;
  }

  /** A lease of ours that nobody thinks about yet, be it just claimed or left over from before a restart. */
  function takeUp(db: DbConnection, row: ThinkRequest): void {
    const mine = row.state.tag === 'Leased' && db.identity && row.leaseOwner?.isEqual(db.identity);
    if (!mine || stopping || thinking.get(row.id) === row.leaseEpoch) return;
    const context = db.db.thinkContext.request.find(row.id);
    thinking.set(row.id, row.leaseEpoch);
    fruitful = true;
    void think(row, context).finally(() => {
      if (thinking.get(row.id) === row.leaseEpoch) thinking.delete(row.id);
      restUntil = Date.now() + REST_MS;
      claim();
    });
  }

  async function think(row: ThinkRequest, told: ThinkContext | undefined): Promise<void> {
    const started = performance.now();
    try {
      if (!told) throw new Error('the request has no context');
      if (told.version !== CONTEXT_VERSION)
        throw new Error(`the context has version ${told.version}, and this thinker reads ${CONTEXT_VERSION}`);
      const context = Context.parse(JSON.parse(told.payload));
      const action = await withTimeout((signal) => mind.think(context, signal), timeoutMs);
      link.db?.reducers.submit(row.id, row.leaseEpoch, action);
      const words = 'value' in action ? ` ${JSON.stringify(action.value)}` : '';
      log(
        `${context.agent?.name} (request ${row.id}): ${action.tag}${words}, ${Math.round(performance.now() - started)} ms`,
      );
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      giveBack(row.id, row.leaseEpoch, reason, error instanceof MindError ? error.waitMs : 0);
    }
  }

  function giveBack(request: bigint, epoch: bigint, reason: string, waitMs = 0): void {
    log(`request ${request} failed: ${reason}`);
    link.db?.reducers.fail(request, epoch, reason, waitMs);
  }

  return {
    link,
    async stop() {
      stopping = true;
      clearInterval(poll);
      for (const [request, epoch] of thinking) giveBack(request, epoch, 'the thinker stopped');
      await new Promise((resolve) => setTimeout(resolve, thinking.size > 0 ? DRAIN_MS : 0));
      link.close();
    },
  };
}

/** The oldest come first, so the first look is nearly always enough. */
function somethingIsReady(pending: Map<bigint, ThinkRequest>): boolean {
  const now = BigInt(Date.now()) * 1_000n;
  for (const { notBefore } of pending.values()) if (notBefore.__timestamp_micros_since_unix_epoch__ <= now) return true;
  return false;
}

/** Stops waiting when the time is up, even for a mind that ignores its signal. */
async function withTimeout<T>(work: (signal: AbortSignal) => Promise<T>, timeoutMs: number): Promise<T> {
  const signal = AbortSignal.timeout(timeoutMs);
  const timeUp = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(new Error(`no thought within ${timeoutMs} ms`)), { once: true }),
  );
  return Promise.race([work(signal), timeUp]);
}
