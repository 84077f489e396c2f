import { requestsOf, type Queried } from './requests.ts';

/**
 * Requests that are done without their event, that have an event without being done, or that have more than one.
 * @returns how many
 */
export async function halvedThoughts(world: Queried): Promise<number> {
  const events = (await world.sql('SELECT request FROM event WHERE request > 0')).map(({ request }) => Number(request));
  const acted = new Set(events);
  const wrong = (await requestsOf(world)).filter(({ id, state }) => (state === 'done') !== acted.has(id));
  return wrong.length + (events.length - acted.size);
}

/**
 * How much of each good the world holds, as text to compare.
 * @throws Error when nobody holds anything, because such sums would always agree
 */
export async function sumsOfGoods(world: Queried): Promise<string> {
  const total: Record<string, number> = {};
  for (const { good, quantity } of await world.sql('SELECT * FROM holding'))
    total[String(good)] = (total[String(good)] ?? 0) + Number(quantity);
  if (Object.keys(total).length === 0) throw new Error('nobody holds anything: the sums would always agree');
  return JSON.stringify(Object.entries(total).sort());
}

/** Whether each agent is in a place that exists. */
export async function everybodyIsSomewhere(world: Queried): Promise<boolean> {
  const places = new Set((await world.sql('SELECT id FROM place')).map(({ id }) => id));
  return (await world.sql('SELECT * FROM agent')).every(({ place }) => places.has(place));
}
