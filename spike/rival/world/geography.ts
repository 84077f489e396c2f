import type { WorldMap } from '../../start/map.ts';
import type { Agent, Routine } from './rows.ts';
import { NOBODY } from '../../client/world-constants.ts';

/** What never changes after the founding: places, ways, routes, stalls and the names of goods, all by number. */
export interface Geography {
  readonly map: WorldMap;
  /** Gold is number 0. */
  readonly goods: readonly string[];
  readonly exits: readonly (readonly Exit[])[];
  /** Stops by route. An agent that rests has a route of one stop. */
  readonly routes: readonly (readonly number[])[];
  /** Routes that lead anywhere come first; there are so many of them. */
  readonly roads: number;
  /** The keeper's id by place. */
  readonly keepers: ReadonlyMap<number, number>;
  /** The agents of the map as they are at the founding. */
  readonly founders: readonly Agent[];
  readonly newcomerPlace: number;
}

export interface Exit {
  readonly direction: string;
  readonly to: number;
}

/** @throws Error naming the key that is not on the map, and who uses it */
export function survey(map: WorldMap): Geography {
  const places = numbers(
    'place',
    map.places.map(({ key }) => key),
  );
  const routeIds = numbers(
    'route',
    map.routes.map(({ key }) => key),
  );
  const exits = map.places.map(({ key }) =>
    map.exits
      .filter(({ from }) => from === key)
      .map(({ direction, to }) => ({ direction, to: places(to, `the exit ${direction} of ${key}`) })),
  );
  const routes = map.routes.map(({ key, stops }) => stops.map((stop) => places(stop, `the route ${key}`)));
  const roads = routes.length;
  const founders = map.agents.map(({ name, routine }, id): Agent => {
    if ('Wander' in routine) return agentAt(id, 'Wander', places(routine.Wander, name));
    if ('Rest' in routine) {
      routes.push([places(routine.Rest, name)]);
      return startOnRoute(id, 'Rest', routes, routes.length - 1);
    }
    if ('Patrol' in routine) return startOnRoute(id, 'Patrol', routes, routeIds(routine.Patrol, name));
    return startOnRoute(id, 'Trade', routes, routeIds(routine.Trade, name));
  });
  const people = numbers(
    'agent',
    map.agents.map(({ name }) => name),
  );
  return {
    map,
    goods: ['gold', ...map.goods],
    exits,
    routes,
    roads,
    keepers: new Map(map.stalls.map(({ place, keeper }) => [places(place, 'a stall'), people(keeper, 'a stall')])),
    founders,
    newcomerPlace: places(map.newcomers.place, 'the newcomers'),
  };
}

/** An agent at a stop of its route. Ids spread over the stops, so that agents who share a route do not walk in a crowd. */
export function startOnRoute(id: number, routine: Routine, routes: Geography['routes'], route: number): Agent {
  const stops = routes[route] ?? [];
  const step = id % stops.length;
  return { id, place: stops[step] ?? 0, routine, route, step };
}

export function agentAt(id: number, routine: Routine, place: number): Agent {
  return { id, place, routine, route: NOBODY, step: 0 };
}

function numbers(of: string, keys: readonly string[]): (key: string, user: string) => number {
  const ids = new Map(keys.map((key, id) => [key, id]));
  if (ids.size < keys.length) throw new Error(`the map has a ${of} twice`);
  return (key, user) => {
    const id = ids.get(key);
    if (id === undefined) throw new Error(`${user} names the ${of} "${key}", which is not on the map`);
    return id;
  };
}
