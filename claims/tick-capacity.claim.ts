import { claim } from './harness/claim.ts';
import type { Condition } from './condition.ts';
import { mean, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import type { Lab } from './harness/lab.ts';
import { of } from './harness/scale.ts';
import { quantileOf, round } from './harness/statistics.ts';
import { residentMiB } from './instruments/host-process.ts';
import { ReducerTimes } from './instruments/reducer-times.ts';
import { number } from './number.ts';

const LIVING = of(3_000, 100_000);
const WORDS = LIVING.toLocaleString('en');
const PERIOD_MS = 100;
/** Agents that one call adds: it holds the writer for some 50 ms, and no longer. */
const ADDED_AT_ONCE = 10_000;
/** Ticks until everybody has acted once, from the quietest world to one in which all act in every tick. */
const ROUNDS_OF_ACTING = of([10, 1], [3_333, 1_000, 300, 100, 30, 10, 3, 1]);
/** The busiest world that must keep its period. */
const NEEDED = 10;
const NEEDED_ACTING = actingIn(NEEDED);
const SETTLE = of(1, 5);
/** Longer than the period, so that no tick of the broken arm fits. */
const BURN_MS = 150;
const BURNED_TICKS = of(3, 12);

/** One point of the sweep, over all rounds; times in milliseconds. */
interface Point {
  costs: number[];
  lateness: number[];
  due: number;
}

claim('tick-capacity', {
  kind: 'measured',
  set: 'capacity',
  minutes: { quick: 3, full: 6 },
  why: 'A planner asks how many agents one machine carries. A single workload does not answer that; a curve does.',
  method: `One lab world of ${WORDS} agents: one third patrols, one third trades and one third wanders, with full purses and stalls. Nobody watches. Round after round the number of agents that act in a tick of ${PERIOD_MS} ms goes from ${actingIn(ROUNDS_OF_ACTING[0] ?? 1)} to all of them. The cost of a tick is the time that the host reports for its reducer, commit included; lateness is what the world records. Memory is what the host’s process holds after the agents were added, less what it held before, for 100,000 agents.`,
  control: `At ${NEEDED_ACTING.toLocaleString('en')} acting, each tick also computes for about ${BURN_MS} ms, calibrated in the same run. The point must leave the curve: its median must exceed the period.`,
  figures: {
    cost: samples(`Cost of a tick in which ${NEEDED_ACTING.toLocaleString('en')} act`, 'ms', {
      subject: `${NEEDED_ACTING.toLocaleString('en')} of ${WORDS} act`,
    }),
    points: mean('Points of the sweep that were measured', 'points'),
    memory: mean('Memory for 100,000 living', 'MiB'),
    burned: samples('Cost of a tick that also computes', 'ms'),
  },
  limits: ({ subject, control }) => [
    full(subject.cost.p99.atMost(PERIOD_MS)),
    subject.points.exactly(ROUNDS_OF_ACTING.length),
    // Two kilobytes for an agent with its goods: a million of them then take 2 GB.
    full(subject.memory.atMost(200)),
    control.burned.p50.atLeast(PERIOD_MS),
  ],
  headline: ({ subject }) =>
    `p99 ${number(subject.cost.p99.value)} ms of ${PERIOD_MS} ms, ${NEEDED_ACTING.toLocaleString('en')} acting`,
  async run({ lab, scale, subject, control, under }) {
    subject.memory.add(await populate(lab));
    const times = await ReducerTimes.of(lab.host.api, lab.database);
    const burn = await lab.iterationsFor(BURN_MS);
    const sweep = new Map<number, Point>(ROUNDS_OF_ACTING.map((every) => [every, { costs: [], lateness: [], due: 0 }]));
    await scale.each(async () => {
      for (const [every, point] of sweep) {
        const { costs, lateness, due } = await watch(lab, times, every, ticksFor(every));
        point.costs.push(...costs);
        point.lateness.push(...lateness);
        point.due += due;
        if (every === NEEDED) subject.cost.add(...costs);
      }
      subject.points.add([...sweep.values()].filter(({ costs }) => costs.length > 0).length);
      await lab.call('lab_spin_in_tick', burn);
      control.burned.add(...(await watch(lab, times, NEEDED, BURNED_TICKS)).costs);
      await lab.call('lab_spin_in_tick', 0);
    });
    for (const [every, point] of sweep) under(conditionOf(every, point));
  },
});

function actingIn(every: number): number {
  return Math.ceil(LIVING / every);
}

/** Fewer where a tick takes longer than its period. */
function ticksFor(every: number): number {
  const acting = actingIn(every);
  return acting > 50_000 ? 12 : acting > 20_000 ? 25 : of(5, 60);
}

/** @returns MiB that the host holds more than before, for 100,000 agents */
async function populate(lab: Lab): Promise<number> {
  await lab.call('pause_clock');
  const before = residentMiB(lab.host);
  for (let living = Math.min(LIVING, ADDED_AT_ONCE); living <= LIVING; living += ADDED_AT_ONCE)
    await lab.call('lab_populate', living);
  const grown = residentMiB(lab.host) - before;
  await lab.sql('UPDATE holding SET quantity = 1000000');
  return (grown / LIVING) * 100_000;
}

/** Runs the clock until `count` ticks are timed. The world's own log is read afterwards, so that nothing else runs. */
async function watch(lab: Lab, times: ReducerTimes, every: number, count: number): Promise<Point> {
  await lab.call('set_tempo', PERIOD_MS, every, 0);
  await lab.call('resume_clock');
  await times.watch('tick', SETTLE);
  const first = (await lab.lastTick()) + 1;
  const costs = await times.watch('tick', count);
  await lab.call('pause_clock');
  const ticks = (await lab.ticks()).filter(({ number: tick }) => tick >= first);
  const due = (ticks.at(-1)?.number ?? first) - first + 1;
  return { costs, lateness: ticks.map(({ latenessMs }) => latenessMs), due };
}

function conditionOf(every: number, { costs, lateness, due }: Point): Condition {
  const acting = actingIn(every);
  const figure = (name: string, label: string, unit: string, value: number) => ({
    name,
    label,
    unit,
    value: round(value),
  });
  const quantiles = (name: string, label: string, values: number[]) => [
    figure(`${name}.p50`, `${label}, p50`, 'ms', quantileOf(values, 0.5)),
    figure(`${name}.p99`, `${label}, p99`, 'ms', quantileOf(values, 0.99)),
  ];
  return {
    name: String(acting),
    label: `${acting.toLocaleString('en')} of ${WORDS} acting`,
    figures: [
      figure('acting', 'Acting in a tick', 'agents', acting),
      ...quantiles('cost', 'Cost of a tick', costs),
      ...quantiles('lateness', 'Lateness', lateness),
      figure('missed', 'Ticks missed', '%', 100 - (lateness.length / due) * 100),
    ],
  };
}
