import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab, Tick } from '../harness/lab.ts';
import { of } from '../harness/scale.ts';
import { newThinker, startThinkerProcess } from './thinkers.ts';

/** Until all agents reflect in turn. */
const SETTLE_MS = of(1_000, 2_000);
/** Thoughts that each of the two thinkers has at a time. */
const CONCURRENCY = 50;

/**
 * Lets all agents reflect for two thinkers, and watches the clock meanwhile.
 * @param every ticks until an agent reflects again
 * @param count ticks to watch
 * @returns the ticks, and how many reflections were thought in a second
 */
export async function reflectTogether(
  lab: Lab,
  every: number,
  count: number,
): Promise<{ ticks: Tick[]; rate: number }> {
  const stops = [await newThinker(lab), await newThinker(lab)].map((account) =>
    startThinkerProcess(lab, account, 0, CONCURRENCY),
  );
  const stop = await Promise.all(stops);
  const done = async () => Number((await lab.sql('SELECT * FROM think_queue'))[0]?.['done']);
  await lab.call('set_tempo', 100, 1, every);
  await sleep(SETTLE_MS);
  const [before, began] = [await done(), performance.now()];
  const ticks = await lab.watchTicks(count, 0);
  const rate = ((await done()) - before) / ((performance.now() - began) / 1_000);
  await lab.call('set_tempo', 100, 1, 0);
  await Promise.all(stop.map((each) => each()));
  await lab.call('lab_forget_requests');
  return { ticks, rate };
}
