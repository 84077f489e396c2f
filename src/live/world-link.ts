import type { DbConnection, TickLog, ThinkSummary, WorldEvent } from '../../spike/client/bindings/index.ts';
import { connect, type ConnectOptions } from '../../spike/client/connect.ts';
import { AUDIENCE } from '../../spike/client/world-constants.ts';
import type { MindMode, News } from './news.ts';

export interface WorldLinkOptions extends Pick<ConnectOptions, 'url' | 'database' | 'tokens'> {
  tell: (news: News) => void;
  onStatus: NonNullable<ConnectOptions['onStatus']>;
  /** The world did not do what was asked of it, in its own words. */
  onRefused: (reason: string) => void;
}

export interface WorldLink {
  /** Whether the world takes this page's identity for its owner. */
  readonly owns: boolean;
  /** Slows, stops or frees the minds; their calls a minute stay as they are. */
  setMindMode(mode: MindMode): void;
  close(): void;
}

/** What the page shows, and no more. */
const QUERIES = [
  ...['world', 'place', 'exit', 'agent', 'agent_profile', 'tick_log', 'think_summary', 'mind_policy', 'event'].map(
    (table) => `SELECT * FROM ${table}`,
  ),
  `SELECT * FROM role_grant WHERE audience = ${AUDIENCE.Owner}`,
];

/** Watches a living world by the SDK, as any client does, and tells what it learns. */
export function watchWorld({ tell, onRefused, ...options }: WorldLinkOptions): WorldLink {
  /** The rows of a new connection are passed on in order once they are complete, their changes as they come. */
  let told: DbConnection | undefined;
  const link = connect({
    ...options,
    queries: QUERIES,
    wire(db) {
      const { agent, agentProfile, tickLog, thinkSummary, mindPolicy, event, world } = db.db;
      const say = (news: () => News) => told === db && tell(news());
      world.onInsert(() => told === db && tellAll(db, tell));
      agent.onInsert((_, row) => say(() => ({ kind: 'agent', id: row.id, place: row.place })));
      agent.onUpdate((_, before, row) => {
        if (before.place !== row.place) say(() => ({ kind: 'agent', id: row.id, place: row.place }));
      });
      agentProfile.onInsert((_, row) => say(() => ({ kind: 'name', agent: row.id, name: row.name })));
      tickLog.onInsert((_, row) => say(() => tickOf(row)));
      tickLog.onUpdate((_, _before, row) => say(() => tickOf(row)));
      thinkSummary.onUpdate((_, _before, row) => say(() => queueOf(row)));
      mindPolicy.onUpdate((_, _before, { mode, callsPerMinute }) =>
        say(() => ({ kind: 'minds', mode: mode.tag, callsPerMinute })),
      );
      event.onInsert((_, row) => say(() => eventOf(row)));
      db.reducers.onSetMindPolicy(({ event: { status, callerIdentity } }) => {
        if (status.tag === 'Failed' && callerIdentity.isEqual(db.identity!)) onRefused(status.value);
      });
    },
    onLive(db) {
      // The SDK calls back for each of these rows once more, right after this.
      queueMicrotask(() => {
        told = db;
        tellAll(db, tell);
      });
    },
  });
  return {
    get owns() {
      const { db } = link;
      return !!db?.identity && db.db.roleGrant.identity.find(db.identity)?.role.tag === 'Owner';
    },
    setMindMode(mode) {
      const policy = link.db?.db.mindPolicy.id.find(0);
      if (policy) link.db?.reducers.setMindPolicy({ tag: mode }, policy.callsPerMinute);
    },
    close: () => link.close(),
  };
}

function tellAll({ db }: DbConnection, tell: (news: News) => void): void {
  const [world] = db.world.iter();
  if (!world) return;
  const places = [...db.place.iter()].sort((a, b) => a.id - b.id);
  const exits = [...db.exit.iter()].sort((a, b) => a.id - b.id);
  tell({
    kind: 'world',
    name: world.name,
    start: world.newcomerPlace,
    places: places.map(({ id, name, description }) => ({ id, name, description })),
    exits: exits.map(({ from, direction, to }) => ({ from, direction, to })),
  });
  for (const { id, name } of db.agentProfile.iter()) tell({ kind: 'name', agent: id, name });
  for (const { id, place } of db.agent.iter()) tell({ kind: 'agent', id, place });
  for (const row of [...db.tickLog.iter()].map(tickOf).sort((a, b) => a.tick - b.tick)) tell(row);
  for (const row of db.thinkSummary.iter()) tell(queueOf(row));
  for (const { mode, callsPerMinute } of db.mindPolicy.iter()) tell({ kind: 'minds', mode: mode.tag, callsPerMinute });
  for (const row of [...db.event.iter()].map(eventOf).sort((a, b) => a.event.id - b.event.id)) tell(row);
}

const tickOf = ({ tick, started, latenessUs, skipped }: TickLog) => ({
  kind: 'tick' as const,
  tick: Number(tick),
  atMs: millis(started),
  latenessMs: Number(latenessUs) / 1_000,
  skipped: Number(skipped),
});

const queueOf = ({ pending, leased, done, dead, expired, oldestAgeUs, callsLeft }: ThinkSummary) => ({
  kind: 'queue' as const,
  pending: Number(pending),
  leased: Number(leased),
  done: Number(done),
  dead: Number(dead),
  expired: Number(expired),
  oldestAgeMs: Number(oldestAgeUs) / 1_000,
  callsLeft,
});

const eventOf = ({ id, at, request, tick: _, ...facts }: WorldEvent) => ({
  kind: 'event' as const,
  event: { ...facts, id: Number(id), atMs: millis(at), request: Number(request) },
});

/** The fractions of a millisecond are left out: nobody sees them. */
function millis(moment: { __timestamp_micros_since_unix_epoch__: bigint }): number {
  return Number(moment.__timestamp_micros_since_unix_epoch__ / 1_000n);
}
