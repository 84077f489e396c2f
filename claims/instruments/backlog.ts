import { until } from '../../spike/until.ts';
import type { Lab } from '../harness/lab.ts';
import type { Asker } from './asker.ts';
import { openIn, requestsOf } from './requests.ts';
import { newThinker, startThinkerProcess } from './thinkers.ts';

/** Reflections that wait, and the thinker that works them off. */
export interface Backlog {
  size: number;
  thoughtMs: number;
  /** Thoughts that the thinker has at a time. */
  atOnce: number;
}

/** @returns how many reflections were thought before the player's question, and before the newest reflection */
export async function askInBacklog(
  lab: Lab,
  asker: Asker,
  { size, thoughtMs, atOnce }: Backlog,
): Promise<{ question: number; reflection: number }> {
  await lab.call('lab_forget_requests');
  await lab.call('lab_ask', size);
  const newest = Math.max(...(await requestsOf(lab)).map(({ id }) => id));
  const stop = await startThinkerProcess(lab, await newThinker(lab), thoughtMs, atOnce);
  // The first agent that does not wait to reflect.
  await asker.ask(1, size);
  await until(async () => (await openIn(lab)) === 0, 60_000, 100);
  await stop();
  const events = (await lab.sql(`SELECT id, request FROM event WHERE request > ${newest - size}`))
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
