import type { Agent, DbConnection } from '../../spike/client/bindings/index.ts';
import { connect, type ConnectOptions } from '../../spike/client/connect.ts';
import { AUDIENCE } from '../../spike/client/world-constants.ts';
import type { MindMode, News } from './news.ts';
import { agentOf, eventOf, holdingOf, mindsOf, queueOf, routineOf, tellAll, tickOf } from './rows-as-news.ts';
import { TallyBook, type Tally } from './tally.ts';

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
  /** What the page has counted since it came. */
  tally(): Tally;
  close(): void;
}

/** What the page shows, and no more. */
const QUERIES = [
  ...[
    'world',
    'place',
    'exit',
    'agent',
    'agent_profile',
    'route',
    'good',
    'tick_log',
    'think_summary',
    'mind_policy',
    'pause_notice',
    'event',
    'holding',
    'archive',
  ].map((table) => `SELECT * FROM ${table}`),
  `SELECT * FROM role_grant WHERE audience = ${AUDIENCE.Owner}`,
];

/** Watches a living world by the SDK, as any client does, and tells what it learns. */
export function watchWorld({ tell, onRefused, ...options }: WorldLinkOptions): WorldLink {
  /** The rows of a new connection are passed on in order once they are complete, their changes as they come. */
  let told: DbConnection | undefined;
  const book = new TallyBook();
  const link = connect({
    ...options,
    queries: QUERIES,
    wire(db) {
      const say = (news: () => News) => told === db && tell(news());
      db.db.world.onInsert(() => told === db && tellAll(db, tell));
      hearOfAgents(db, say);
      hearOfTheClock(db, say);
      db.db.event.onInsert((_, row) => {
        if (told === db) book.see(row);
        say(() => eventOf(row));
      });
      db.db.event.onDelete((_, row) => told === db && book.forget(row));
      db.reducers.onSetMindPolicy(({ event: { status, callerIdentity } }) => {
        if (status.tag === 'Failed' && callerIdentity.isEqual(db.identity!)) onRefused(status.value);
      });
    },
    onLive(db) {
      // The SDK calls back for each of these rows once more, right after this.
      queueMicrotask(() => {
        told = db;
        book.open(db);
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
    tally: () => book.read(link.db),
    close: () => link.close(),
  };
}

type Say = (news: () => News) => void;

/** Who they are, where they are, what they do and have. */
function hearOfAgents({ db }: DbConnection, say: Say): void {
  const { agent, agentProfile, holding, route } = db;
  const sayRoutine = (row: Agent) => say(() => routineOf(row, route.id.find(row.route)));
  agent.onInsert((_, row) => {
    say(() => agentOf(row));
    sayRoutine(row);
  });
  agent.onUpdate((_, before, row) => {
    if (before.place !== row.place || before.step !== row.step) say(() => agentOf(row));
    if (before.routine.tag !== row.routine.tag || before.route !== row.route) sayRoutine(row);
  });
  agent.onDelete((_, { id }) => say(() => ({ kind: 'gone', id })));
  agentProfile.onInsert((_, row) => say(() => ({ kind: 'name', agent: row.id, name: row.name })));
  holding.onInsert((_, row) => say(() => holdingOf(row)));
  holding.onUpdate((_, _before, row) => say(() => holdingOf(row)));
  holding.onDelete((_, row) => say(() => holdingOf({ ...row, quantity: 0 })));
}

/** How the clock and the minds do. */
function hearOfTheClock({ db }: DbConnection, say: Say): void {
  const { tickLog, thinkSummary, mindPolicy, pauseNotice } = db;
  tickLog.onInsert((_, row) => say(() => tickOf(row)));
  tickLog.onUpdate((_, _before, row) => say(() => tickOf(row)));
  thinkSummary.onUpdate((_, _before, row) => say(() => queueOf(row)));
  mindPolicy.onUpdate((_, _before, row) => say(() => mindsOf(row)));
  pauseNotice.onInsert((_, { reason }) => say(() => ({ kind: 'pause', reason })));
  pauseNotice.onDelete(() => say(() => ({ kind: 'pause', reason: '' })));
}
