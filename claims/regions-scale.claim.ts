import { setTimeout as sleep } from 'node:timers/promises';
import type { Condition } from './condition.ts';
import { claim, type Bench } from './harness/claim.ts';
import { count, mean, samples } from './harness/figures.ts';
import { full } from './harness/judge.ts';
import { NotMeasured } from './harness/not-measured.ts';
import { of } from './harness/scale.ts';
import { round } from './harness/statistics.ts';
import { busiestPace, type Demand } from './instruments/acting-search.ts';
import { keepOn, startedOn, threadsOutside, twoCores } from './instruments/cores.ts';
import { killHost } from './instruments/host-process.ts';
import { requireQuietMachine } from './instruments/quiet.ts';
import { missedIn } from './instruments/region-clock.ts';
import { openTwo, type RegionHost } from './instruments/region-host.ts';
import { newPorter, startRelay } from './instruments/relay-process.ts';
import { number } from './number.ts';

const LIVING = of(40_000, 200_000);
const WORDS = LIVING.toLocaleString('en');
/** Agents that one call adds: it holds the writer for some 50 ms, and no longer. */
const ADDED_AT_ONCE = 10_000;
const DEMAND: Demand = { periodMs: 100, latenessMs: 10, ticks: of(5, 50), settle: of(1, 5) };
/** Ticks until everybody has acted once: from 5,000 acting to half of all. A quick run goes from 1,000 to all. */
const PACES = of([40, 8, 4, 2, 1], range(LIVING / 5_000, 2));
/** What each region does while the other one is killed. */
const CALM_ACTING = 1_000;
const CALM_TICKS = of(10, 60);
const KILLS = of(1, 2);
/** After a kill, so that the neighbour is watched while the region is back. */
const REST_MS = of(0, 1_000);
const WAIT_MS = 1_000;

const FIGURES = {
  ratio: mean('Acting agents, against one region with both cores', '×'),
  acting: mean('Acting agents', 'agents'),
  lateness: samples('Lateness next to a region that is killed', 'ms', {
    subject: 'the other region is killed and started again',
    baseline: 'the other region runs',
  }),
  missed: count('Ticks missed next to a region that is killed', 'ticks'),
  outside: count('Threads of a host outside of its cores', 'threads'),
};

claim('regions-scale', {
  kind: 'measured',
  set: 'border',
  minutes: { quick: 3, full: 8 },
  quickRounds: 1,
  why: 'One database has one writer, and more cores do not help it. A split by region makes players cross borders; in return it must let more agents act, and a region that is down must leave the others alone.',
  method: `Two regions of one world, each on a host of its own with ${WORDS} agents: one third patrols, one third trades and one third wanders. Nobody watches. First, ${number(CALM_ACTING)} act in each region, each host has a core of its own, and a relay serves the border; the host of one region is killed with SIGKILL and started again, and the clock of the other is watched. Then purses and stalls are filled. The number of agents that act in a tick of ${DEMAND.periodMs} ms is raised until a tick is missed or 99 of 100 ticks no longer start within ${DEMAND.latenessMs} ms of their due time. Where two regions run, they run at once, and both must keep that. Round after round, one region with both cores, the same region with one core, two regions with a core each, and two regions on one core take turns; taskset keeps all threads of a host on its cores. The ratio is the sum of the acting agents, divided by that of one region with both cores. The process that measures has no core of its own: it runs on the same two, and reads the log of ticks five times a second.`,
  control: 'Both regions run on one core. The gain must be gone.',
  figures: FIGURES,
  limits: ({ subject, control }) => [
    // Less than half as much again is not worth borders that players feel.
    full(subject.ratio.atLeast(1.5)),
    full(subject.missed.exactly(0)),
    full(subject.lateness.p99.atMost(DEMAND.latenessMs)),
    subject.outside.exactly(0),
    control.outside.exactly(0),
    full(control.ratio.atMost(1.2)),
  ],
  headline: ({ subject }) =>
    `${number(subject.ratio.value)} × the acting agents of one region; ${number(subject.missed.value)} ticks missed`,
  async run(bench) {
    requireQuietMachine();
    const cores = twoCores();
    const regions = await openTwo(bench.lab);
    try {
      await populate(regions);
      await watchNeighbour(bench, regions, cores);
      await compareSplits(bench, regions, cores);
    } finally {
      await Promise.all(regions.map((region) => region.close()));
    }
  },
});

type Two<T> = [T, T];

async function populate(regions: RegionHost[]): Promise<void> {
  await Promise.all(
    regions.map(async (region) => {
      for (let living = ADDED_AT_ONCE; living <= LIVING; living += ADDED_AT_ONCE)
        await region.call('lab_populate', living);
    }),
  );
}

/** The clock of one region while the host of the other is killed and started again, and while it is not. */
async function watchNeighbour(
  { lab, scale, subject, baseline, under }: Bench<typeof FIGURES>,
  [north, south]: Two<RegionHost>,
  [one, other]: Two<number>,
): Promise<void> {
  keepOn(north.host, [one]);
  keepOn(south.host, [other]);
  for (const region of [north, south]) {
    await region.call('set_tempo', DEMAND.periodMs, LIVING / CALM_ACTING, 0);
    await region.call('resume_clock');
  }
  const relay = await startRelay(lab, [north, south], await newPorter(lab, [north, south]), WAIT_MS);
  const watch = async (arm: typeof subject, during: () => Promise<void>) => {
    const first = (await north.lastTick()) + 1;
    await during();
    const ticks = await north.ticksFrom(first);
    arm.lateness.add(...ticks.map(({ latenessMs }) => latenessMs));
    arm.missed.add(missedIn(ticks));
  };
  const backS: number[] = [];
  await scale.each(async () => {
    await watch(baseline, () => sleep(CALM_TICKS * DEMAND.periodMs));
    await watch(subject, async () => {
      for (let kill = 0; kill < KILLS; kill++) {
        const killedMs = performance.now();
        await killHost(south.host);
        await south.startAgain(startedOn(other, lab.binary, lab.folder));
        backS.push((performance.now() - killedMs) / 1_000);
        await sleep(REST_MS);
      }
    });
  });
  await relay.stop();
  under({
    name: 'killed',
    label: 'the other region is killed and started again',
    figures: [
      { name: 'kills', label: 'Kills', unit: 'kills', value: backS.length },
      { name: 'back', label: 'From a kill to the first tick, at worst', unit: 's', value: round(Math.max(...backS)) },
    ],
  });
  // A host that starts on one core makes fewer threads than the other one has.
  await killHost(south.host);
  await south.startAgain();
  for (const region of [north, south]) {
    await region.call('pause_clock');
    await region.sql('UPDATE holding SET quantity = 1000000');
  }
}

/** A way to spread regions over the cores. */
interface Split {
  name: string;
  label: string;
  regions: RegionHost[];
  /** Of each region's host. */
  cores: number[][];
  /** Index of the busiest pace in the last round. */
  before?: number;
  /** Acting agents of all its regions together, by round. */
  found: number[];
}

async function compareSplits(
  { scale, subject, baseline, control, under }: Bench<typeof FIGURES>,
  [north, south]: Two<RegionHost>,
  [one, other]: Two<number>,
): Promise<void> {
  const both = [one, other];
  const split = (name: string, label: string, regions: RegionHost[], cores: number[][]): Split => ({
    ...{ name, label, regions, cores, found: [] },
  });
  const alone = split('alone', 'one region with both cores', [north], [both]);
  const tied = split('tied', 'one region with one core', [north], [[one]]);
  const two = split('two', 'two regions with a core each', [north, south], [[one], [other]]);
  const crowded = split('crowded', 'two regions on one core', [north, south], [[one], [one]]);
  await scale.each(async () => {
    const free = await search(alone);
    if (free.acting === 0) throw new NotMeasured('not even the quietest pace was kept: the machine is busy');
    baseline.acting.add(free.acting);
    await search(tied);
    for (const [arm, way] of [
      [subject, two],
      [control, crowded],
    ] as const) {
      const { acting, outside } = await search(way);
      arm.acting.add(acting);
      arm.ratio.add(acting / free.acting);
      arm.outside.add(outside);
    }
  });
  for (const way of [alone, tied, two, crowded]) under(conditionOf(way));
}

async function search(way: Split): Promise<{ acting: number; outside: number }> {
  const { regions, cores, before } = way;
  regions.forEach(({ host }, index) => keepOn(host, cores[index] ?? []));
  way.before = await busiestPace(regions, PACES, DEMAND, before);
  const pace = PACES[way.before];
  const acting = pace === undefined ? 0 : Math.round((LIVING / pace) * regions.length);
  way.found.push(acting);
  const outside = regions.map(({ host }, index) => threadsOutside(host, cores[index] ?? []));
  return { acting, outside: outside.reduce((sum, threads) => sum + threads, 0) };
}

function conditionOf({ name, label, regions, found }: Split): Condition {
  const acting = found.reduce((sum, each) => sum + each, 0) / found.length;
  const figure = (key: string, words: string, value: number) => ({
    ...{ name: key, label: words, unit: 'agents', value: round(value) },
  });
  return {
    name,
    label,
    figures: [
      figure('acting', 'Acting agents', acting),
      figure('each', 'Acting agents of each region', acting / regions.length),
      figure('least', 'Acting agents in the worst round', Math.min(...found)),
    ],
  };
}

/** Whole numbers from one down to another. */
function range(from: number, to: number): number[] {
  return Array.from({ length: from - to + 1 }, (_, index) => from - index);
}
