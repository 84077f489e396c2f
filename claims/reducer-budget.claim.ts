import { REDUCERS } from '../spike/world/reducers.fixture.ts';
import { claim } from './harness/claim.ts';
import { mean, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import type { Samples } from './harness/samples.ts';
import { LargestCalls } from './instruments/largest-calls.ts';
import { waitOfAnother } from './instruments/stall.ts';
import { TimedRuns } from './instruments/timed-runs.ts';
import { number } from './number.ts';

const WORLD = { agents: 10_000, retentionMs: 2_000, periodMs: 100 };
/** Ticks until everybody has acted once: as in a new world, and ten times as lively. */
const [ROUND, LIVELY_ROUND] = [100, 10];
const SPIN_MS = 300;
const LIMIT_MS = 10;
/** A quarter of the period; the rest is for everybody else. */
const LIVELY_LIMIT_MS = WORLD.periodMs / 4;
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
    await lab.call('lab_populate', WORLD.agents);
    await lab.sql('UPDATE holding SET quantity = 1000000');
    await lab.call('set_retention', WORLD.retentionMs);
    const took = (reducer: string, ...ms: number[]) => {
      timesOf(subject, reducer).add(...ms);
      subject.time.add(...ms);
    };
    const runs = await TimedRuns.of(lab, took);
    const burn = await lab.iterationsFor(SPIN_MS);
    const calls = scale.of(16, 60);
    const largest = await LargestCalls.of(lab, runs.call, { ...WORLD, round: ROUND });
    await scale.each(async () => {
      subject.livelyTick.add(...(await runs.ticks(WORLD.periodMs, LIVELY_ROUND, scale.of(32, 200))));
      took('tick', ...(await runs.ticks(WORLD.periodMs, ROUND, scale.of(32, 200))));
      await runs.watchAll(['reap', 'watchdog'], scale.of(3, 15));
      await runs.call('pause_clock', lab.owner);
      await largest.people(calls);
      await largest.minds(scale.of(3, 15));
      await largest.archive(scale.of(1, 4));
      await largest.borders(scale.of(1, 15));
      await largest.governing(calls);
      await runs.call('resume_clock', lab.owner);
      control.stall.add(await waitOfAnother(lab, burn, SPIN_MS, WORLD.retentionMs));
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
