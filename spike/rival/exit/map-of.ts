import type { Rows } from '../../export/file/rows.ts';
import type { WorldMap } from '../../start/map.ts';

/**
 * The map of an exported world, with the numbers of its places, goods, routes and keepers. The game server reads from it
 * what never changes; who lives in the world comes from the store, so of the agents it holds only those up to the last
 * keeper of a stall.
 */
export function mapOf(rows: Rows): WorldMap {
  const keyOf = (place: number) => `place-${place}`;
  const [world] = rows.world;
  const names = byId(rows.agent_profile);
  const homes = byId(rows.agent);
  const keepers = Math.max(-1, ...rows.stall.map(({ keeper }) => keeper)) + 1;
  return {
    name: world?.name ?? '',
    goods: byId(rows.good)
      .slice(1)
      .map(({ name }) => name),
    places: byId(rows.place).map(({ id, name, description }) => ({ key: keyOf(id), name, description })),
    exits: byId(rows.exit).map(({ from, direction, to }) => ({ from: keyOf(from), direction, to: keyOf(to) })),
    routes: byId(rows.route).map(({ id, stops }) => ({ key: `route-${id}`, stops: stops.map(keyOf) })),
    agents: names.slice(0, keepers).map(({ id, name, persona }) => ({
      name,
      persona: persona || name,
      routine: { Wander: keyOf(homes[id]?.place ?? 0) },
      gold: 0,
      holds: [],
    })),
    stalls: rows.stall.map(({ place, keeper }) => ({ place: keyOf(place), keeper: names[keeper]?.name ?? '' })),
    newcomers: { place: keyOf(world?.newcomer_place ?? 0), gold_each: world?.newcomer_gold ?? 0, treasury: 0 },
    borders: [],
  };
}

function byId<Row extends { id: number }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => a.id - b.id);
}
