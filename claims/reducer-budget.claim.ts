import { setTimeout as sleep } from 'node:timers/promises';
import { archivedEventOfRow } from '../spike/archivist/archived-event.ts';
import { digest } from '../spike/archivist/digest.ts';
import { identityArgument, Refused, type Account } from '../spike/host/api.ts';
import { crossBorders } from './instruments/journeys.ts';
import { REDUCERS } from '../spike/world/reducers.fixture.ts';
import { claim } from './harness/claim.ts';
import { mean, samples } from './harness/figures.ts';
import type { Samples } from './harness/samples.ts';
import { full } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { leasesOf } from './instruments/requests.ts';
import { ReducerTimes } from './instruments/reducer-times.ts';
import { newThinker } from './instruments/thinkers.ts';
import { number } from './number.ts';

const AGENTS = 10_000;
/** The world's own limits for one call: leases, and acknowledged events. */
const [LEASES, EVENTS] = [100, 250];
const WINDOW_MS = 2_000;
/** Ticks until everybody has acted once: as in a new world, and ten times as lively. */
const [ROUND, LIVELY_ROUND] = [100, 10];
const PERIOD_MS = 100;
const SPIN_MS = 300;
const LIMIT_MS = 10;
/** A quarter of the period; the rest is for everybody else. */
const LIVELY_LIMIT_MS = PERIOD_MS / 4;
const ORDINARY = REDUCERS.filter(({ ordinary }) => ordinary).map(({ name }) => name);

const keyOf = (reducer: string) => reducer.replaceAll('_', '-');
const TIMES = Object.fromEntries(ORDINARY.map((name) => [keyOf(name), samples(`Time of \`${name}\``, 'ms')]));

claim('reducer-budget', {
  kind: 'measured',
  minutes: { quick: 4, full: 8 },
  quickRounds: 1,
  why: 'While a reducer runs, nobody else can write, and the clock waits. So everybody may have to wait for the longest one.',
  method:
    'In a lab world of 10,000 agents, every ordinary reducer is called repeatedly, with nothing else running and with the largest work that it allows, such as 100 leases or 250 events; for the border, the caller plays the other region. The host’s own metrics give the time of each call, from asking for the writer until the commit is made and its subscriptions are evaluated. The tick, the reaper and the watchdog are timed while the clock runs; the metrics are then read halfway between two ticks. All other reducers are called while the clock is paused, so that no call includes the wait for another. In an ordinary tick 1 % of the agents act, as in a newly founded world. A tick in which 10 % act has its own limit, a quarter of the period. In both, one third of those who act trade, with full purses and stalls.',
  control:
    'A reducer computes for a third of a second. Another call at that moment must wait for at least nine tenths of it.',
  figures: {
    time: samples('Time of a reducer', 'ms', { subject: `${ORDINARY.length} reducers, each alone` }),
    livelyTick: samples('Time of a tick in which 10 % act', 'ms', {
      subject: 'a tick in which 1,000 of 10,000 act',
    }),
    stall: mean('Wait of another call, as a percentage of the computation', '%'),
    ...TIMES,
  },
  limits: ({ subject, control }) => [
    ...budgetsOf(subject),
    full(subject.livelyTick.p99.atMost(LIVELY_LIMIT_MS)),
    control.stall.atLeast(90),
  ],
  headline({ subject }) {
    const [worst] = budgetsOf(subject);
    return `the longest, ${worst?.name.replace('.p99', '')}: 99 of 100 within ${number(worst?.value ?? NaN)} ms; limit ${LIMIT_MS} ms`;
  },
  async run({ lab, scale, subject, control }) {
    await lab.call('lab_populate', AGENTS);
    await lab.sql('UPDATE holding SET quantity = 1000000');
    await lab.call('set_retention', WINDOW_MS);
    const times = await ReducerTimes.of(lab.host.api, lab.database);
    const burn = await lab.iterationsFor(SPIN_MS);
    const calls = scale.of(16, 60);
    const thinker = await newThinker(lab);
    const archivist = await lab.account('Archivist');
    const relay = await lab.account('Relay');
    const ticks = async (round: number) => {
      await lab.call('set_tempo', PERIOD_MS, round, 0);
      return times.watch('tick', scale.of(32, 200), await betweenTicks(lab));
    };
    const took = (reducer: string, ...ms: number[]) => {
      timesOf(subject, reducer).add(...ms);
      subject.time.add(...ms);
    };
    const run: Run = async (reducer, account, ...args) =>
      took(reducer, await times.time(reducer, () => lab.callAs(account, reducer, ...args)));
    await scale.each(async () => {
      subject.livelyTick.add(...(await ticks(LIVELY_ROUND)));
      took('tick', ...(await ticks(ROUND)));
      const seldom = ['reap', 'watchdog'].map(async (reducer) => {
        took(reducer, ...(await times.watch(reducer, scale.of(3, 15))));
      });
      await Promise.all(seldom);
      await run('pause_clock', lab.owner);
      await people(lab, run, calls);
      await minds(lab, run, thinker, scale.of(3, 15));
      await archive(lab, run, archivist, scale.of(1, 4));
      await borders(lab, run, relay, scale.of(1, 15));
      await governing(lab, run, calls);
      await run('resume_clock', lab.owner);
      control.stall.add(await waitOfAnother(lab, burn));
    });
  },
});

type Figures = Record<string, unknown>;

function timesOf(figures: Figures, reducer: string): Samples {
  return figures[keyOf(reducer)] as Samples;
}

/** The limit of each ordinary reducer, the longest first. @throws Error when one of them was never timed */
function budgetsOf(figures: Figures): ReturnType<typeof full>[] {
  const budgets = ORDINARY.map((reducer) => full(timesOf(figures, reducer).p99.atMost(LIMIT_MS)));
  return budgets.sort((one, other) => other.value - one.value);
}

/** @returns what waits until halfway between the next two ticks */
async function betweenTicks(lab: Lab): Promise<() => Promise<unknown>> {
  const startedMs = (await lab.ticks()).at(-1)?.startedMs ?? Date.now();
  return () => sleep(PERIOD_MS - ((Date.now() - startedMs + PERIOD_MS / 2) % PERIOD_MS));
}

/** Calls a reducer once and keeps how long it took. */
type Run = (reducer: string, account: Account, ...args: unknown[]) => Promise<void>;

let joined = 0;

async function people(lab: Lab, run: Run, calls: number): Promise<void> {
  const [one, other] = [await lab.account(), await lab.account()];
  await run('join', one, `Person ${++joined}`);
  await run('join', other, `Person ${++joined}`);
  const [body] = await lab.sql(`SELECT id FROM agent_profile WHERE name = 'Person ${joined}'`);
  for (let call = 0; call < calls; call++) {
    await run('act', one, { Say: 'a'.repeat(280) });
    await run('act', one, { Give: { to: Number(body?.['id']), good: 'gold', quantity: 1 } }).catch(refused);
    await run('act', one, { Wait: [] });
  }
  await run('act', one, { Go: 'north' });
  await run('act', one, { Buy: { good: 'salt', quantity: 1, gold: 100 } }).catch(refused);
  // A player may have three open questions.
  for (const agent of [1, 2, 3]) await run('ask', other, AGENTS / 2 + agent + joined * 10, 'b'.repeat(280));
}

/** A refusal is expected from somebody with nothing left to give or no stall nearby; anything else is a broken experiment. */
function refused(error: unknown): void {
  if (!(error instanceof Refused)) throw error;
}

async function minds(lab: Lab, run: Run, thinker: Account, batches: number): Promise<void> {
  for (let batch = 0; batch < batches; batch++) {
    await lab.call('lab_forget_requests');
    await lab.call('lab_ask', LEASES);
    await run('lease', thinker, LEASES);
    for (const [index, { id, epoch }] of (await leasesOf(lab, thinker)).slice(0, 10).entries()) {
      const lease = [id, epoch];
      await run('renew', thinker, ...lease);
      if (index % 2) await run('submit', thinker, ...lease, { Say: 'c'.repeat(280) });
      else await run('give_back', thinker, ...lease, { Refused: [] }, 'd'.repeat(500), 0);
    }
  }
  await lab.call('lab_forget_requests');
}

async function archive(lab: Lab, run: Run, archivist: Account, batches: number): Promise<void> {
  const speaker = await lab.account();
  await lab.callAs(speaker, 'join', `Person ${++joined}`);
  for (let said = 0; said < EVENTS * batches; said += 50)
    await Promise.all(Array.from({ length: 50 }, () => lab.callAs(speaker, 'act', { Say: 'e'.repeat(100) })));
  await sleep(WINDOW_MS + 200);
  for (let batch = 0; batch < batches; batch++) {
    const events = (await lab.sql('SELECT * FROM event'))
      .map(archivedEventOfRow)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, EVENTS);
    await run('acknowledge', archivist, Number(events.at(-1)?.id), events.length, digest(events));
  }
}

/** Each crossing needs a body of its own: nobody comes back from a region that is not there. */
async function borders(lab: Lab, run: Run, relay: Account, crossings: number): Promise<void> {
  const bodies: Account[] = [];
  for (let body = 0; body < crossings; body++) {
    const account = await lab.account();
    await lab.callAs(account, 'join', `Person ${++joined}`);
    bodies.push(account);
  }
  await crossBorders(lab, run, relay, bodies);
}

async function governing(lab: Lab, run: Run, calls: number): Promise<void> {
  const somebody = await lab.account();
  for (let call = 0; call < calls / 4; call++) {
    await run('grant_role', lab.owner, identityArgument(somebody), { Archivist: [] });
    await run('revoke_role', lab.owner, identityArgument(somebody));
    await run('set_tempo', lab.owner, PERIOD_MS, ROUND, 0);
    await run('set_retention', lab.owner, WINDOW_MS);
    await run('set_mind_policy', lab.owner, { Normal: [] }, 1_000_000_000);
    await run('resume_clock', lab.owner);
    await run('pause_clock_for', lab.owner, 'f'.repeat(280));
    await run('pause_clock', lab.owner);
  }
}

/** How long another call waits for a reducer that computes, as a percentage of the computation. */
async function waitOfAnother(lab: Lab, iterations: number): Promise<number> {
  const started = performance.now();
  const spin = lab.call('lab_spin', iterations).then(() => performance.now() - started);
  await sleep(SPIN_MS / 20);
  const asked = performance.now();
  await lab.call('set_retention', WINDOW_MS);
  const waited = performance.now() - asked;
  const spent = await spin;
  return (waited / (spent - (asked - started))) * 100;
}
