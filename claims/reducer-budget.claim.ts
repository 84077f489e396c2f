import { setTimeout as sleep } from 'node:timers/promises';
import { archivedEventOfRow } from '../spike/archivist/archived-event.ts';
import { digest } from '../spike/archivist/digest.ts';
import { identityArgument, Refused, type Account } from '../spike/host/api.ts';
import { REDUCERS } from '../spike/world/reducers.fixture.ts';
import { claim } from './harness/claim.ts';
import { mean, samples, type Samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { leasesOf } from './instruments/requests.ts';
import { ReducerTimes } from './instruments/reducer-times.ts';
import { newThinker } from './instruments/thinkers.ts';

const AGENTS = 10_000;
/** The most that one call may lease, and the most that one may acknowledge: the world's own bounds. */
const [LEASES, EVENTS] = [100, 250];
const WINDOW_MS = 2_000;
/** Ticks in which everybody acts once: as a world is founded, and ten times as lively. */
const [ROUND, LIVELY_ROUND] = [100, 10];
const PERIOD_MS = 100;
const SPIN_MS = 300;
const LIMIT_MS = 10;
/** A quarter of the period: what is left is for everybody else. */
const LIVELY_LIMIT_MS = PERIOD_MS / 4;
const ORDINARY = REDUCERS.filter(({ ordinary }) => ordinary).map(({ name }) => name);

const keyOf = (reducer: string) => reducer.replaceAll('_', '-');
const TIMES = Object.fromEntries(ORDINARY.map((name) => [keyOf(name), samples(`Time of \`${name}\``, 'ms')]));

claim('reducer-budget', {
  kind: 'measured',
  minutes: { quick: 4, full: 8 },
  why: 'While a reducer runs nobody else writes, and the clock waits. The longest of them is what everybody may have to wait.',
  method:
    'A lab world of 10,000 agents. Every ordinary reducer is called again and again, alone, with the largest work that it allows: a hundred leases, 250 events. What it took is what the host itself says, from asking for the writer until its commit is made and its subscribers are evaluated. The tick, the reaper and the watchdog are watched while the clock runs, the tick by a look in the middle between two of them; the rest is called while it stands, so that no call counts the wait for another. In an ordinary tick a hundredth of the agents act, as in a world that was just founded; one in which a tenth act has another limit, a quarter of the period.',
  control:
    'A reducer computes for a third of a second: a call of somebody else at that moment must take at least nine tenths of it.',
  figures: {
    time: samples('Time of a reducer', 'ms', { subject: `${ORDINARY.length} reducers, each alone` }),
    livelyTick: samples('Time of a tick in which a tenth act', 'ms', {
      subject: 'a tick in which 1,000 of 10,000 act',
    }),
    stall: mean('Wait of another call, in per cent of the computation', '%'),
    ...TIMES,
  },
  limits: ({ subject, control }) => [
    ...budgetsOf(subject),
    full(subject.livelyTick.p99.atMost(LIVELY_LIMIT_MS)),
    control.stall.atLeast(90),
  ],
  headline({ subject }) {
    const [worst] = budgetsOf(subject);
    return `the longest, ${worst?.name.replace('.p99', '')}: p99 ${worst?.value.toFixed(1)} ms of ${LIMIT_MS} ms`;
  },
  async run({ lab, scale, subject, control }) {
    await lab.call('lab_populate', AGENTS);
    await lab.call('set_retention', WINDOW_MS);
    const times = await ReducerTimes.of(lab.host.api, lab.database);
    const burn = await lab.iterationsFor(SPIN_MS);
    const calls = scale.of(16, 60);
    const thinker = await newThinker(lab);
    const archivist = await lab.account('Archivist');
    const ticks = async (round: number) => {
      await lab.call('set_tempo', PERIOD_MS, round, 0);
      return times.watch('tick', scale.of(16, 200), await betweenTicks(lab));
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

/** Waits for the middle between two ticks, each time the next one. */
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
  // A player may have three questions open.
  for (const agent of [1, 2, 3]) await run('ask', other, AGENTS / 2 + agent + joined * 10, 'b'.repeat(280));
}

/** Somebody who has nothing left to give, or no stall near, is refused; anything else is a broken experiment. */
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
      if (index % 2) await run('submit', thinker, ...lease, { Say: 'c'.repeat(280) });
      else await run('give_back', thinker, ...lease, 'd'.repeat(500), 0);
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

async function governing(lab: Lab, run: Run, calls: number): Promise<void> {
  const somebody = await lab.account();
  for (let call = 0; call < calls / 4; call++) {
    await run('grant_role', lab.owner, identityArgument(somebody), { Archivist: [] });
    await run('revoke_role', lab.owner, identityArgument(somebody));
    await run('set_tempo', lab.owner, PERIOD_MS, ROUND, 0);
    await run('set_retention', lab.owner, WINDOW_MS);
    await run('set_mind_policy', lab.owner, { Normal: [] }, 1_000_000_000);
    await run('resume_clock', lab.owner);
    await run('pause_clock', lab.owner);
  }
}

/** How long another call takes while a reducer computes, in per cent of how long it computes. */
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
