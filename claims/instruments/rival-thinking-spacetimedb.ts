import type { DbConnection } from '../../spike/client/bindings/index.ts';
import { connect, type Link } from '../../spike/client/connect.ts';
import { memoryTokens } from '../../spike/client/token-store.ts';
import type { Account } from '../../spike/host/api.ts';
import type { Lab } from '../harness/lab.ts';
import { processOf } from './host-process.ts';
import { openIn } from './requests.ts';
import { PATIENCE_MS, STALL_MS, type ClockWatch, type ThinkingArm } from './rival-thinking.ts';
import { newThinker, startThinkerProcess } from './thinkers.ts';

/** Requests that one thinker holds at a time. */
const CONCURRENCY = 50;

/** The lab's world, with a player who asks. Its clock stands still at first. */
export async function openSpacetimeDbThinking(lab: Lab, agents: number): Promise<ThinkingArm> {
  await lab.everybodyActs(agents);
  await lab.call('pause_clock');
  const burn = await lab.iterationsFor(STALL_MS);
  const asker = await lab.account();
  await lab.callAs(asker, 'join', 'Asker');
  const [profile] = await lab.sql("SELECT id FROM agent_profile WHERE name = 'Asker'");
  const me = Number(profile?.['id']);
  let next = 0;
  return {
    name: 'spacetimedb',
    label: 'SpacetimeDB',
    pids: [processOf(lab.host)],
    resume: () => lab.call('resume_clock'),
    pause: () => lab.call('pause_clock'),
    async ask(count) {
      const link = connectAs(lab, asker, [`SELECT * FROM event WHERE object = ${me}`]);
      const db = await link.firstLive;
      const times: number[] = [];
      while (times.length < count) times.push(await askOne(db, next++ % agents, me));
      link.close();
      return times;
    },
    async startThinkers(count) {
      const accounts = await Promise.all(Array.from({ length: count }, () => newThinker(lab)));
      const stops = await Promise.all(accounts.map((account) => startThinkerProcess(lab, account, 0, CONCURRENCY)));
      return async () => void (await Promise.all(stops.map((stop) => stop())));
    },
    startPoller: (everyMs) => startPoller(lab, everyMs),
    reflectEvery: (ticks) => lab.call('set_tempo', 100, 1, ticks),
    done: async () => Number((await lab.sql('SELECT * FROM think_queue'))[0]?.['done']),
    open: () => openIn(lab),
    watchClock: (ticks) => watchClock(lab, ticks),
    async stall() {
      const started = performance.now();
      await lab.call('lab_spin', burn);
      return performance.now() - started;
    },
    close: () => lab.call('pause_clock'),
  };
}

async function watchClock(lab: Lab, count: number): Promise<ClockWatch> {
  const ticks = await lab.watchTicks(count, 0);
  return {
    lateness: ticks.map(({ latenessMs }) => latenessMs),
    skipped: ticks.reduce((sum, { skipped }) => sum + skipped, 0),
  };
}

async function askOne(db: DbConnection, agent: number, me: number): Promise<number> {
  const answered = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
    const hear = (_context: unknown, event: { object: number; subject: number }) => {
      if (event.object !== me || event.subject !== agent) return;
      clearTimeout(timer);
      db.db.event.removeOnInsert(hear);
      resolve();
    };
    db.db.event.onInsert(hear);
  });
  const asked = performance.now();
  db.reducers.ask(agent, 'Who are you?');
  await answered;
  return performance.now() - asked;
}

async function startPoller(lab: Lab, everyMs: number): Promise<() => Promise<void>> {
  const account = await newThinker(lab);
  const link = connectAs(lab, account, ['SELECT * FROM think_request'], (db) => {
    db.db.thinkRequest.onUpdate((_context, _before, row) => {
      if (row.state.tag !== 'Leased' || !row.leaseOwner?.isEqual(db.identity!)) return;
      db.reducers.submit(row.id, row.leaseEpoch, { tag: 'Say', value: 'At last.' });
    });
  });
  const db = await link.firstLive;
  const timer = setInterval(() => db.reducers.lease(CONCURRENCY), everyMs);
  return () => {
    clearInterval(timer);
    link.close();
    return Promise.resolve();
  };
}

function connectAs(lab: Lab, account: Account, queries: string[], wire?: (db: DbConnection) => void): Link {
  const { host, database } = lab;
  return connect({ url: host.url, database, tokens: memoryTokens(account.token), queries, ...(wire && { wire }) });
}
