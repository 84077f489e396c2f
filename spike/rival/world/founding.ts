import { GOLD } from '../../client/world-constants.ts';
import { agentAt, startOnRoute, type Geography } from './geography.ts';
import { TREASURY } from './purses.ts';
import { World } from './state.ts';
import type { Clock, Micros } from './rows.ts';

export interface Tempo {
  /** In milliseconds. */
  readonly periodMs: number;
  readonly actEvery: number;
  readonly reflectEvery: number;
}

/** A world as its map describes it, with its clock about to run. */
export function found(geography: Geography, now: Micros, { periodMs, actEvery, reflectEvery }: Tempo): World {
  const period = periodMs * 1_000;
  const clock: Clock = {
    tick: 0,
    due: now,
    now,
    nextTick: 1,
    nextDue: now + period,
    period,
    actEvery,
    reflectEvery,
    paused: false,
    notice: '',
    skipped: 0,
  };
  const world = new World(geography, clock);
  const { map, goods, founders } = geography;
  map.agents.forEach(({ name, persona, gold, holds }, id) => {
    const agent = founders[id];
    if (agent) world.putNewcomer({ agent, name, persona });
    world.purses.set(id, GOLD, gold);
    for (const { good, quantity } of holds) world.purses.set(id, goods.indexOf(good), quantity);
  });
  world.purses.set(TREASURY, GOLD, map.newcomers.treasury);
  return world;
}

/** Adds agents until `living` of them live: a third patrols, a third trades with 12 gold each, a third wanders. */
export function populate(world: World, living: number): void {
  const { routes, roads } = world.geography;
  for (let id = world.agents.length; id < living; id++) {
    const routine = (['Patrol', 'Trade', 'Wander'] as const)[id % 3] ?? 'Wander';
    const walking = startOnRoute(id, routine, routes, Math.floor(id / 3) % roads);
    const agent = routine === 'Wander' ? agentAt(id, routine, walking.place) : walking;
    world.putNewcomer({ agent, name: `Agent ${id}`, persona: 'Lives in a lab.' });
    world.purses.set(id, GOLD, 12);
  }
}
