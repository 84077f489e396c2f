import { setTimeout as sleep } from 'node:timers/promises';
import type { DbConnection } from '../spike/client/bindings/index.ts';
import { connect, type Link } from '../spike/client/connect.ts';
import { memoryTokens } from '../spike/client/token-store.ts';
import type { Account } from '../spike/host/api.ts';
import { until } from '../spike/until.ts';
import { claim } from './harness/claim.ts';
import { count, least, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import type { Lab, Tick } from './harness/lab.ts';
import { of } from './harness/scale.ts';
import { openIn, requestsOf } from './instruments/requests.ts';
import { newThinker, startThinkerProcess } from './instruments/thinkers.ts';

const AGENTS = 1_000;
/** Each of 1,000 agents reflects once in 50 ticks of 100 ms: 200 thoughts a second. */
const REFLECT_EVERY = 50;
const RATE = 200;
const POLL_MS = 1_000;
const PATIENCE_MS = 10_000;
/** Until all agents reflect in turn. */
const SETTLE_MS = of(1_000, 2_000);
/** Reflections that wait when the player asks, and how two thoughts at a time work them off. */
const BACKLOG = of(40, 200);
const BACKLOG_THOUGHT_MS = 50;
const AT_ONCE = 2;

claim('think-roundtrip', {
  kind: 'measured',
  minutes: { quick: 4, full: 6 },
  quickRounds: 1,
  why: 'What the way through the database costs is added to every thought. If it were seconds, a quick model would be wasted on this world.',
  method:
    'A lab world of 1,000 agents, all of whom act in every tick. A player on a separate connection asks one agent after another; a thinker in a separate process answers at once, so that the mind’s own time is nothing. The figure is the time from sending the question until the player’s subscription shows the answer. Then all agents reflect by themselves, 200 a second in all, for two thinkers in separate processes, while the lateness of the clock is watched. At last the player asks while reflections wait for a thinker of two thoughts at once: what counts is how many of them are thought before the answer.',
  control:
    'A thinker that does not react to rows, but leases once a second: the time must rise to where a second’s wait puts it. And the newest of the waiting reflections, which has no priority: nearly all the others must be thought before it.',
  figures: {
    roundtrip: samples('Question to answer', 'ms', {
      subject: 'a thinker that reacts to rows',
      control: 'a thinker that leases once a second',
    }),
    rate: least('Thoughts in a second, slowest round', 'thoughts/s'),
    lateness: samples(`Lateness at ${RATE} thoughts a second`, 'ms', { subject: `${RATE} thoughts a second` }),
    ahead: count('Reflections thought before the answer that others wait for', 'thoughts'),
    missed: count('Ticks missed meanwhile', 'ticks'),
  },
  limits: ({ subject, control }, { rounds }) => [
    // A thought passes the host four times (ask, lease, submit, and the rows back); each waits for a tick at most.
    full(subject.roundtrip.p99.atMost(50)),
    full(subject.roundtrip.p50.atMost(10)),
    // What is asked for, less what the edges of the window may cut off.
    full(subject.rate.atLeast(0.95 * RATE)),
    full(subject.lateness.p99.atMost(10)),
    full(subject.missed.atMost(0)),
    // Those that are being thought when the player asks, and those next to the question.
    subject.ahead.atMost(rounds * 3 * AT_ONCE),
    control.ahead.atLeast(rounds * (BACKLOG - 2 * AT_ONCE)),
    // Half a second on average; a quarter is far above what a machine adds, and far below a broken control.
    control.roundtrip.p50.atLeast(250),
  ],
  async run({ lab, scale, subject, control }) {
    await lab.everybodyActs(AGENTS);
    const asker = await Asker.join(lab);
    await scale.each(async () => {
      const stop = await startThinkerProcess(lab, await newThinker(lab), 0, 8);
      subject.roundtrip.add(...(await asker.ask(scale.of(40, 200))));
      await stop();
      const poller = await startPoller(lab);
      control.roundtrip.add(...(await asker.ask(scale.of(4, 12))));
      poller.stop();
      const { ticks, rate } = await reflectTogether(lab, scale.of(32, 100));
      subject.rate.add(rate);
      subject.lateness.add(...ticks.map(({ latenessMs }) => latenessMs));
      subject.missed.add(ticks.reduce((sum, { skipped }) => sum + skipped, 0));
      const { question, reflection } = await askInBacklog(lab, asker);
      subject.ahead.add(question);
      control.ahead.add(reflection);
    });
    asker.close();
  },
});

/** A player who asks one question after another. */
class Asker {
  readonly #link: Link;
  readonly #db: DbConnection;
  readonly #me: number;
  #next = 0;

  private constructor(link: Link, db: DbConnection, me: number) {
    this.#link = link;
    this.#db = db;
    this.#me = me;
  }

  static async join(lab: Lab): Promise<Asker> {
    const account = await lab.account();
    await lab.callAs(account, 'join', 'Asker');
    const [me] = await lab.sql("SELECT id FROM agent_profile WHERE name = 'Asker'");
    const link = connectAs(lab, account, [`SELECT * FROM event WHERE object = ${Number(me?.['id'])}`]);
    return new Asker(link, await link.firstLive, Number(me?.['id']));
  }

  /**
   * @param first the first agent to ask; by default the one after the last that was asked
   * @returns milliseconds from each question to its answer
   */
  async ask(count: number, first = this.#next): Promise<number[]> {
    const times: number[] = [];
    this.#next = first;
    while (times.length < count) {
      const agent = this.#next++ % AGENTS;
      const answered = new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
        const hear = (_context: unknown, event: { object: number; subject: number }) => {
          if (event.object !== this.#me || event.subject !== agent) return;
          clearTimeout(timer);
          this.#db.db.event.removeOnInsert(hear);
          resolve();
        };
        this.#db.db.event.onInsert(hear);
      });
      const asked = performance.now();
      this.#db.reducers.ask(agent, 'Who are you?');
      await answered;
      times.push(performance.now() - asked);
    }
    return times;
  }

  close(): void {
    this.#link.close();
  }
}

function connectAs(lab: Lab, account: Account, queries: string[], wire?: (db: DbConnection) => void): Link {
  const { host, database } = lab;
  return connect({ url: host.url, database, tokens: memoryTokens(account.token), queries, ...(wire && { wire }) });
}

/** The broken thinker: it looks for work once a second, and answers at once. */
async function startPoller(lab: Lab): Promise<{ stop: () => void }> {
  const account = await newThinker(lab);
  const link = connectAs(lab, account, ['SELECT * FROM think_request'], (db) => {
    db.db.thinkRequest.onUpdate((_context, _before, row) => {
      if (row.state.tag !== 'Leased' || !row.leaseOwner?.isEqual(db.identity!)) return;
      db.reducers.submit(row.id, row.leaseEpoch, { tag: 'Say', value: 'At last.' });
    });
  });
  const db = await link.firstLive;
  const timer = setInterval(() => db.reducers.lease(10), POLL_MS);
  return {
    stop() {
      clearInterval(timer);
      link.close();
    },
  };
}

/** Lets all agents reflect for two thinkers, and watches the clock meanwhile. */
async function reflectTogether(lab: Lab, count: number): Promise<{ ticks: Tick[]; rate: number }> {
  const stops = [await newThinker(lab), await newThinker(lab)].map((account) =>
    startThinkerProcess(lab, account, 0, 50),
  );
  const stop = await Promise.all(stops);
  const done = async () => Number((await lab.sql('SELECT * FROM think_queue'))[0]?.['done']);
  await lab.call('set_tempo', 100, 1, REFLECT_EVERY);
  await sleep(SETTLE_MS);
  const [before, began] = [await done(), performance.now()];
  const ticks = await lab.watchTicks(count, 0);
  const rate = ((await done()) - before) / ((performance.now() - began) / 1_000);
  await lab.call('set_tempo', 100, 1, 0);
  await Promise.all(stop.map((each) => each()));
  await lab.call('lab_forget_requests');
  return { ticks, rate };
}

/** @returns how many reflections were thought before the player's question, and before the newest reflection */
async function askInBacklog(lab: Lab, asker: Asker): Promise<{ question: number; reflection: number }> {
  await lab.call('lab_forget_requests');
  await lab.call('lab_ask', BACKLOG);
  const newest = Math.max(...(await requestsOf(lab)).map(({ id }) => id));
  const stop = await startThinkerProcess(lab, await newThinker(lab), BACKLOG_THOUGHT_MS, AT_ONCE);
  await asker.ask(1, BACKLOG);
  await until(async () => (await openIn(lab)) === 0, 60_000, 100);
  await stop();
  const events = (await lab.sql(`SELECT id, request FROM event WHERE request > ${newest - BACKLOG}`))
    .map(({ id, request }) => ({ id: Number(id), request: Number(request) }))
    .sort((a, b) => a.id - b.id);
  const position = (request: number) => {
    const index = events.findIndex((event) => event.request === request);
    if (index < 0) throw new Error(`request ${request} never acted`);
    return index;
  };
  await lab.call('lab_forget_requests');
  // The question is the only request that is newer than the backlog.
  return { question: position(newest + 1), reflection: position(newest) };
}
