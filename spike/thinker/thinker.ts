import { setTimeout as sleep } from 'node:timers/promises';
import type { DbConnection, EventContext, ThinkContext, ThinkRequest } from '../client/bindings/index.ts';
import { connect, type ConnectOptions, type Link } from '../client/connect.ts';
import { Backlog } from './backlog.ts';
import type { Mind } from './mind.ts';
import { Pace } from './pace.ts';
import { redact } from './redact.ts';
import { sentenceOf } from './sentence.ts';
import { Thought, type Verdict } from './thought.ts';

export interface ThinkerOptions extends Pick<ConnectOptions, 'url' | 'database' | 'tokens'> {
  mind: Mind;
  /** Thoughts at once. */
  concurrency: number;
  /** Shorter than the world's lease, so that a slow mind fails by itself before its request goes to another thinker. */
  timeoutMs: number;
  /** In slow mode: the rest before each thought, in milliseconds. */
  restMs?: number;
  log: (line: string) => void;
}

export interface Thinker {
  readonly link: Link;
  /** Takes no new request, gives those in thought back, and disconnects. */
  stop(): Promise<void>;
}

const QUERIES = [
  'SELECT * FROM think_request',
  'SELECT * FROM think_context',
  'SELECT * FROM mind_policy',
  // The role Thinker: the host compares numbers but not enums.
  'SELECT * FROM role_grant WHERE audience = 1',
];
/** A back-off ends, and a minute's calls are free again, without any row changing. */
const POLL_MS = 1_000;
const FIRST_RETRY_MS = 5;
const REST_MS = 5_000;
const LONGEST_DRAIN_MS = 1_000;

/** The slow path: a client like any other that claims requests, asks a mind, and submits what it answers. */
export function startThinker(options: ThinkerOptions): Thinker {
  const { mind, tokens } = options;
  const pace = new Pace(options.concurrency, options.restMs ?? REST_MS);
  const backlog = new Backlog();
  const thoughts = new Map<bigint, Thought>();
  /** By request: the SDK's own look-up walks through the whole table. */
  const contexts = new Map<bigint, ThinkContext>();
  let claiming = false;
  /** Whether the last claim brought anything; one that did is worth another. */
  let fruitful = false;
  /** Claims in a row that brought nothing although there was work, as when the calls of this minute are used up. */
  let inVain = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let stopping = false;

  const hide = (text: string) => redact(text, [tokens.load() ?? '']);
  const log = (line: string) => options.log(hide(line));

  const link = connect({
    ...options,
    queries: QUERIES,
    wire(db) {
      claiming = false;
      backlog.clear();
      contexts.clear();
      db.db.thinkContext.onInsert((_, row) => contexts.set(row.request, row));
      db.db.thinkContext.onDelete((_, row) => contexts.delete(row.request));
      db.db.thinkRequest.onInsert(notice);
      db.db.thinkRequest.onUpdate((context, _, row) => notice(context, row));
      db.db.thinkRequest.onDelete((_, row) => {
        backlog.forget(row.id);
        end(row.id);
      });
      db.db.mindPolicy.onUpdate((_context, _before, { mode }) => obey(mode.tag));
      db.db.roleGrant.onInsert(({ event }, { identity }) => {
        if (event.tag === 'Reducer' && db.identity?.isEqual(identity)) log('the owner has granted the role Thinker');
      });
      // The rows that a claim has changed are called back after the claim itself, and before the microtask.
      db.reducers.onLease((context) => isOwn(db, context.event.callerConnectionId) && queueMicrotask(afterClaim));
      db.reducers.onSubmit(({ event }, request) => {
        const thought = thoughts.get(request);
        if (!thought || event.status.tag !== 'Failed' || !isOwn(db, event.callerConnectionId)) return;
        thought.verdict = undefined;
        settle(thought, { reason: `the world refused it: ${event.status.value}`, waitMs: 0 });
      });
    },
    onLive(db) {
      log(`live as ${db.identity?.toHexString()}, thinking with ${mind.name}`);
      if (!db.db.roleGrant.identity.find(db.identity!))
        log('waiting until the owner grants this identity the role Thinker');
      obey(db.db.mindPolicy.id.find(0)?.mode.tag ?? pace.mode);
      resume(db);
      claim();
    },
    onStatus(status) {
      if (status.state === 'lost') log(`connection lost (${status.reason}); again in ${status.retryMs} ms`);
    },
  });
  const poll = setInterval(() => {
    fruitful = true;
    claim();
  }, POLL_MS);

  function notice({ event }: EventContext, row: ThinkRequest): void {
    backlog.see(row);
    if (!link.db) return;
    if (thoughts.get(row.id)?.isHeldBy(row) === false) end(row.id, row);
    if (event.tag === 'Reducer' && isOwn(link.db, event.value.callerConnectionId)) takeUp(link.db, row);
    claim();
  }

  function obey(mode: Pace['mode']): void {
    if (mode !== pace.mode) log(`the owner sets the minds to ${mode.toLowerCase()}`);
    pace.obey(mode);
    claim();
  }

  /** Tells the world again what it may have missed, and takes up leases left over from before a restart. */
  function resume(db: DbConnection): void {
    for (const row of db.db.thinkContext.iter()) contexts.set(row.request, row);
    const rows = new Map([...db.db.thinkRequest.iter()].map((row) => [row.id, row]));
    for (const thought of thoughts.values()) {
      const row = rows.get(thought.request);
      if (row && thought.isHeldBy(row)) tell(db, thought);
      else end(thought.request, row);
    }
    for (const row of rows.values()) {
      backlog.see(row);
      if (pace.mode === 'Normal') takeUp(db, row);
    }
  }

  function claim(): void {
    const free = pace.allows() - thoughts.size;
    const promising = backlog.isReady || (fruitful && backlog.mayBeReady);
    if (!link.db || stopping || claiming || retry || free <= 0 || !promising) return;
    claiming = true;
    fruitful = false;
    link.db.reducers.lease(free);
  }

  function afterClaim(): void {
    claiming = false;
    inVain = fruitful || !backlog.isReady ? 0 : inVain + 1;
    if (inVain === 0) return claim();
    retry = setTimeout(
      () => {
        retry = undefined;
        claim();
      },
      Math.min(POLL_MS, FIRST_RETRY_MS * 2 ** inVain),
    );
  }

  function takeUp(db: DbConnection, row: ThinkRequest): void {
    const mine = row.state.tag === 'Leased' && db.identity && row.leaseOwner?.isEqual(db.identity);
    if (!mine || thoughts.has(row.id)) return;
    const thought = new Thought(row);
    thoughts.set(row.id, thought);
    fruitful = true;
    if (stopping) giveBack(thought);
    else void thought.think(mind, contexts.get(row.id), options.timeoutMs).then((verdict) => settle(thought, verdict));
  }

  function giveBack(thought: Thought): void {
    settle(thought, { reason: 'the thinker stopped', waitMs: 0 });
    thought.abandon();
  }

  /** The thought stays until a row shows that the world knows its verdict: a call may be lost with its connection. */
  function settle(thought: Thought, verdict: Verdict): void {
    if (thought.verdict || thoughts.get(thought.request) !== thought) return;
    thought.verdict = verdict;
    const waitMs = 'reason' in verdict ? verdict.waitMs : 0;
    if ('reason' in verdict) log(`${thought.label} failed: ${verdict.reason}, ${thought.ms} ms`);
    pace.ended(waitMs);
    if (link.db) tell(link.db, thought);
  }

  /** May be repeated: the second time is nothing to the world. */
  function tell(db: DbConnection, { request, epoch, verdict }: Thought): void {
    if (!verdict) return;
    if ('action' in verdict) db.reducers.submit(request, epoch, verdict.action);
    else db.reducers.giveBack(request, epoch, hide(verdict.reason), verdict.waitMs);
  }

  /** @param row what the world shows of it, where it still shows anything */
  function end(request: bigint, row?: ThinkRequest): void {
    const thought = thoughts.get(request);
    if (!thought) return;
    thoughts.delete(request);
    const { verdict, label, ms } = thought;
    if (!verdict) {
      log(`${label} failed: its lease is gone, ${ms} ms`);
      pace.ended(0);
      thought.abandon();
    } else if ('action' in verdict && row?.state.tag === 'Done') {
      log(`${label} ${sentenceOf(verdict.action)}, ${ms} ms`);
    }
    claim();
  }

  return {
    link,
    async stop() {
      stopping = true;
      clearInterval(poll);
      clearTimeout(retry);
      for (const thought of thoughts.values()) if (!thought.verdict) giveBack(thought);
      const latest = Date.now() + LONGEST_DRAIN_MS;
      while (link.db && (claiming || thoughts.size > 0) && Date.now() < latest) await sleep(10);
      link.close();
    },
  };
}

/** Not another process with the same token. */
function isOwn(db: DbConnection, connection: DbConnection['connectionId'] | undefined): boolean {
  return connection?.isEqual(db.connectionId) ?? false;
}
