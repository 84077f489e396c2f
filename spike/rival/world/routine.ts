import { bargain, keeperOf } from './stall.ts';
import type { Change } from './change.ts';
import { reflect } from './think/opening.ts';
import type { Exit } from './geography.ts';
import type { Agent } from './rows.ts';

/** Lets those act whose turn it is in the tick `number`: a step, a trader's turn at a stall, now and then a wish to think. */
export function actByRoutine(change: Change, number: number): void {
  const { world } = change;
  const { clock, geography } = world;
  const keepers = openStalls(change);
  const [first, end] = cohort(number, clock.actEvery, world.agents.length);
  for (let id = first; id < end; id++) {
    const agent = world.agents[id];
    if (!agent || agent.routine === 'PlayerControlled') continue;
    const stops = geography.routes[agent.route] ?? NO_STOPS;
    const next = walk(agent, stops, geography.exits[agent.place] ?? [], world.random);
    if (next !== agent) change.setAgent(next);
    const keeper = next.routine === 'Trade' ? keepers.get(next.place) : undefined;
    if (keeper !== undefined && keeper !== id) bargain(change, keeper, id);
    if (reflects(number, clock.actEvery, clock.reflectEvery, id)) reflect(change, next);
  }
}

const NO_STOPS: readonly number[] = [];

/** A keeper who comes home in this tick opens in the next one. */
function openStalls({ world }: Change): Map<number, number> {
  return new Map([...world.geography.keepers].filter(([place]) => keeperOf(world, place) !== undefined));
}

/** The ids that act in a tick, from the first to before the second: `actEvery` neighbouring ranges take turns. */
export function cohort(tick: number, actEvery: number, living: number): [first: number, end: number] {
  const turn = tick % actEvery;
  return [Math.floor((living * turn) / actEvery), Math.floor((living * (turn + 1)) / actEvery)];
}

/** Whether an agent reflects in this act. Neighbours do so in different acts. */
export function reflects(tick: number, actEvery: number, reflectEvery: number, id: number): boolean {
  return reflectEvery > 0 && (Math.floor(tick / actEvery) + id) % reflectEvery === 0;
}

/**
 * One step. On its route an agent goes to the next stop. Off its route it takes an exit that reaches a stop; where none
 * does, and without a route, any exit.
 */
export function walk(agent: Agent, stops: readonly number[], exits: readonly Exit[], random: () => number): Agent {
  const step = nextStep(agent, stops, exits);
  if (step >= 0) {
    const place = stops[step] ?? agent.place;
    return place === agent.place && step === agent.step ? agent : { ...agent, place, step };
  }
  const exit = exits[Math.floor(random() * exits.length)];
  return exit ? { ...agent, place: exit.to } : agent;
}

/** The index of the stop to go to, or -1. */
function nextStep({ place, step }: Agent, stops: readonly number[], exits: readonly Exit[]): number {
  if (stops.length === 0) return -1;
  if (stops[step] === place) return (step + 1) % stops.length;
  const here = stops.indexOf(place);
  if (here >= 0) return here;
  const way = exits.find(({ to }) => stops.includes(to));
  return way ? stops.indexOf(way.to) : -1;
}
