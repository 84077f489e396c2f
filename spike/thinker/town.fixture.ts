import { readFileSync } from 'node:fs';
import type { Action } from '../client/bindings/index.ts';
import type { Context, Mind } from './mind.ts';

interface Holding {
  good: string;
  quantity: number;
}

interface WorldMap {
  places: { key: string; name: string; description: string }[];
  exits: { from: string; direction: string; to: string }[];
  routes: { key: string; stops: string[] }[];
  stalls: { place: string; keeper: string }[];
  agents: { name: string; persona: string; routine: Record<string, string>; gold: number; holds: Holding[] }[];
}

export const MAP = JSON.parse(readFileSync('spike/world/map.json', 'utf8')) as WorldMap;
/** The settings of a world that was just founded: each agent acts once in so many ticks, and reflects every fourth time. */
const ACT_EVERY = 100;
const REFLECT_EVERY = 4;
const PRICE = 5;

export interface Turn {
  context: Context;
  action: Action;
}

/**
 * Lets a mind think for the agents of the real map at the rate of a real world. It moves agents, things and words about,
 * and checks nothing: what the world would refuse happens here.
 */
export async function live(mind: Mind, ticks: number, hears = true): Promise<Turn[]> {
  const people = MAP.agents.map((agent, id) => ({
    id,
    ...agent,
    stops: MAP.routes.find(({ key }) => key === Object.values(agent.routine)[0])?.stops ?? [],
    at: 0,
    place: '',
    holds: new Map([['gold', agent.gold], ...agent.holds.map(({ good, quantity }) => [good, quantity] as const)]),
  }));
  for (const one of people) one.place = one.stops[0] ?? Object.values(one.routine)[0] ?? '';
  const said = new Map<string, { name: string; words: string }[]>();
  const turns: Turn[] = [];
  const contextOf = (one: (typeof people)[number], tick: number): Context => ({
    tick,
    agent: { id: one.id, name: one.name, persona: one.persona },
    place: MAP.places.find(({ key }) => key === one.place) ?? null,
    exits: MAP.exits.filter(({ from }) => from === one.place).map(({ direction }) => direction),
    here: people.filter((other) => other !== one && other.place === one.place).map(({ id, name }) => ({ id, name })),
    holds: [...one.holds].filter(([, quantity]) => quantity > 0).map(([good, quantity]) => ({ good, quantity })),
    heard: (hears && said.get(one.place)) || [],
    asker: null,
    question: '',
  });
  const add = (one: (typeof people)[number], good: string, quantity: number) =>
    one.holds.set(good, (one.holds.get(good) ?? 0) + quantity);
  const happen = (one: (typeof people)[number], action: Action) => {
    if (action.tag === 'Say')
      said.set(one.place, [...(said.get(one.place) ?? []), { name: one.name, words: action.value }].slice(-3));
    if (action.tag === 'Go')
      one.place =
        MAP.exits.find(({ from, direction }) => from === one.place && direction === action.value)?.to ?? one.place;
    if (action.tag === 'Buy') {
      add(one, action.value.good, 1);
      add(one, 'gold', -Math.min(PRICE, action.value.gold));
    }
    if (action.tag === 'Sell') add(one, 'gold', PRICE);
    if (action.tag === 'Sell' || action.tag === 'Give') add(one, action.value.good, -1);
    const taker = action.tag === 'Give' ? people[action.value.to] : undefined;
    if (taker && action.tag === 'Give') add(taker, action.value.good, 1);
  };
  for (let tick = 1; tick <= ticks; tick++)
    for (const one of people) {
      if (Math.floor((one.id * ACT_EVERY) / people.length) !== tick % ACT_EVERY) continue;
      if (one.stops.length > 0) one.place = one.stops[one.at++ % one.stops.length] ?? one.place;
      if ((Math.floor(tick / ACT_EVERY) + one.id) % REFLECT_EVERY !== 0) continue;
      const context = contextOf(one, tick);
      const action = await mind.think(context, new AbortController().signal);
      turns.push({ context, action });
      happen(one, action);
    }
  return turns;
}
