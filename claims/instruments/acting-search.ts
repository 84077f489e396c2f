import { setTimeout as sleep } from 'node:timers/promises';
import type { Tick } from '../harness/lab.ts';
import { quantileOf } from '../harness/statistics.ts';
import { missedIn } from './region-clock.ts';
import type { RegionHost } from './region-host.ts';

/** What a region must keep while so many act. */
export interface Demand {
  periodMs: number;
  /** The most that 99 of 100 ticks may be late, in milliseconds. */
  latenessMs: number;
  /** Ticks that decide; at most 100. */
  ticks: number;
  /** Ticks before them, which do not count. */
  settle: number;
}

const LOOK_MS = 200;

/** The busiest pace at which every one of some regions keeps its clock, with all of them running at once. */
export function busiestPace(
  regions: readonly RegionHost[],
  paces: readonly number[],
  demand: Demand,
  before?: number,
): Promise<number> {
  const isKept = async (index: number) => keepsClock(await watchAt(regions, paces[index] ?? NaN, demand), demand);
  return lastKept(paces.length, isKept, before);
}

/**
 * The last of so many paces that is kept, from the quietest to the busiest. A pace that is too fast shows within a second
 * or two, so a first search halves what is left, and a later one walks from the last answer.
 * @param before the answer of the last round
 * @returns its index; -1 when not even the quietest was kept
 */
export async function lastKept(
  paces: number,
  isKept: (index: number) => Promise<boolean>,
  before?: number,
): Promise<number> {
  if (before !== undefined) return walkFrom(before, paces, isKept);
  let [kept, broken] = [-1, paces];
  while (broken - kept > 1) {
    const middle = Math.floor((kept + broken) / 2);
    if (await isKept(middle)) kept = middle;
    else broken = middle;
  }
  return kept;
}

/** The machine may be another one since the last round, so nothing about its answer is assumed. */
async function walkFrom(before: number, end: number, isKept: (index: number) => Promise<boolean>): Promise<number> {
  let kept = before;
  if (kept >= 0 && !(await isKept(kept))) {
    do kept--;
    while (kept >= 0 && !(await isKept(kept)));
    return kept;
  }
  while (kept + 1 < end && (await isKept(kept + 1))) kept++;
  return kept;
}

/** Lets regions run at a pace, and stops them when all have had their ticks or one is too late. @returns the ticks of each */
export async function watchAt(regions: readonly RegionHost[], pace: number, demand: Demand): Promise<Tick[][]> {
  const firsts = await Promise.all(
    regions.map(async (region) => {
      await region.call('set_tempo', demand.periodMs, pace, 0);
      await region.call('resume_clock');
      return (await region.lastTick()) + demand.settle + 1;
    }),
  );
  const seen = () => Promise.all(regions.map((region, index) => region.ticksFrom(firsts[index] ?? 0)));
  try {
    let ticks = await seen();
    for (; !ticks.every(({ length }) => length >= demand.ticks); ticks = await seen()) {
      if (ticks.some((own) => isHopeless(own, demand))) return ticks;
      await sleep(LOOK_MS);
    }
    return ticks;
  } finally {
    await Promise.all(regions.map((region) => region.call('pause_clock')));
  }
}

/** Of at most 100 ticks, the second that is late decides. */
function isHopeless(ticks: Tick[], { latenessMs }: Demand): boolean {
  return missedIn(ticks) > 0 || ticks.filter((tick) => tick.latenessMs > latenessMs).length > 1;
}

/** Whether each region was as punctual as demanded, and missed no tick. */
export function keepsClock(regions: Tick[][], demand: Demand): boolean {
  return regions.every((ticks) => {
    const lateness = ticks.map(({ latenessMs }) => latenessMs);
    return !isHopeless(ticks, demand) && quantileOf(lateness, 0.99) <= demand.latenessMs;
  });
}
