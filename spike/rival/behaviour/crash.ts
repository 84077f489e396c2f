import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../until.ts';
import type { ArmWorld, Caller, Census } from './arm.ts';

const SPEAKERS = ['Nils', 'Ada', 'Olaf', 'Runa'];
/** Sentences that are acknowledged before the kill. */
const SENTENCES = 80;
/** From the gate, where players begin, to the market and back. */
const ROUND = ['north', 'south'];

/** What a crash under load cost. */
export interface Outcome {
  /** Ages of acknowledged sentences that are missing, at the kill, in milliseconds. */
  lost: number[];
  /** Ages of the last acknowledged walks of those who are not where it led. */
  astray: number[];
  census: Census;
  /** Of each good, before the load. */
  founded: Record<number, number>;
  /** Calls that were acknowledged before the kill. */
  acknowledged: number;
  /** From the kill until the world had ticked again, in milliseconds. */
  standstillMs: number;
}

/**
 * Players speak, pay each other and walk, and a thinker answers, until the server is killed in the middle of it.
 * @param loadMs how long at least: no loss can be older than the load
 */
export async function crashUnderLoad(world: ArmWorld, loadMs = 0): Promise<Outcome> {
  await world.owner.call('set_tempo', 50, 2, 3);
  const players: Caller[] = [];
  for (const name of SPEAKERS) players.push(await world.player(name));
  const founded = sumsOf(await world.census());
  const said = new Map<string, number>();
  const walked = new Map<number, { place: number; at: number }>();
  /** Where a walk leads that may not be answered any more. */
  const walking = new Map<number, number>();
  let runs = true;
  const load = players.map((player, index) => busy(player, index, () => runs));
  async function busy(player: Caller, index: number, goes: () => boolean): Promise<void> {
    const other = players[(index + 1) % players.length];
    for (let round = 0; goes(); round++) {
      const words = `${player.name} ${round}`;
      await player.call('act', { Say: words });
      said.set(words, performance.now());
      if (round % 3 === 0)
        await player.call('act', { Give: { to: other?.agent, good: 'gold', quantity: 1 } }).catch(poor);
      // Only two walk, so that gifts find somebody.
      if (index >= 2 && round % 4 === 0) {
        const way = (round / 4) % 2;
        walking.set(player.agent, 1 - way);
        await player.call('act', { Go: ROUND[way] });
        walked.set(player.agent, { place: 1 - way, at: performance.now() });
      }
    }
  }
  load.push(think(world, () => runs));
  const settled = Promise.allSettled(load);
  await sleep(loadMs);
  if (!(await until(() => said.size >= SENTENCES, 30_000))) throw new Error(`only ${said.size} sentences in 30 s`);
  const killed = performance.now();
  await world.crash();
  runs = false;
  await settled;
  const census = await world.census();
  const standstillMs = (await firstTick(world, census.tick)) - killed;
  const heard = new Set(census.events.map(({ words }) => words));
  const placeOf = new Map(census.agents.map(({ id, place }) => [id, place]));
  const before = (at: number) => at < killed;
  return {
    lost: [...said].filter(([words, at]) => before(at) && !heard.has(words)).map(([, at]) => killed - at),
    astray: [...walked]
      .filter(([id, { place, at }]) => before(at) && ![place, walking.get(id)].includes(placeOf.get(id)))
      .map(([, { at }]) => killed - at),
    census,
    founded,
    acknowledged: said.size + walked.size,
    standstillMs,
  };
}

/** When the world had ticked after `before`. */
async function firstTick(world: ArmWorld, before: number): Promise<number> {
  while ((await world.census()).tick <= before) await sleep(10);
  return performance.now();
}

async function think(world: ArmWorld, goes: () => boolean): Promise<void> {
  const thinker = await world.thinker();
  while (goes())
    for (const { request, leaseEpoch } of await thinker.lease(3))
      await thinker.call('submit', request, leaseEpoch, { Say: `Thought ${request}.` });
}

/** A refusal of somebody who has nothing left, or stands elsewhere, is an answer; a dead server is not. */
function poor(error: Error): void {
  if (!/there are only|is not here/.test(error.message)) throw error;
}

export function sumsOf({ holdings }: Census): Record<number, number> {
  const sums: Record<number, number> = {};
  for (const { good, quantity } of holdings) sums[good] = (sums[good] ?? 0) + quantity;
  return sums;
}
