import { AWAY } from '../../client/world-constants.ts';
import type { Rows } from '../../export/file/rows.ts';

/**
 * Checks that the game server can hold a world. It numbers places, goods, routes and agents from 0 without gaps, and has
 * one region.
 * @throws Error with the first thing that it cannot hold
 */
export function requireFit({ region, agent, arrival, place, good, route, agent_profile, world }: Rows): void {
  if (world.length !== 1) throw new Error(`the export holds ${world.length} founded worlds, not one: found it first`);
  const [{ number } = { number: 0 }] = region;
  if (number !== 0) throw new Error(`the export is of region ${number}, and the game server has no regions`);
  const away = agent.filter((row) => row.place === AWAY).length + arrival.filter(isUnderWay).length;
  if (away > 0)
    throw new Error(
      `${away} agents are in another region or on their way, and the game server has no regions: bring them home, then export again`,
    );
  for (const [what, rows] of Object.entries({ place, good, route, agent, agent_profile })) requireDense(what, rows);
  if (agent.length !== agent_profile.length)
    throw new Error(`${agent.length} agents have ${agent_profile.length} profiles: the export is not whole`);
}

const isUnderWay = ({ state }: Rows['arrival'][number]) => state === 'Pending';

function requireDense(what: string, rows: readonly { id: number }[]): void {
  const ids = rows.map(({ id }) => id).sort((a, b) => a - b);
  const gap = ids.findIndex((id, index) => id !== index);
  if (gap >= 0) throw new Error(`the table ${what} has no row ${gap}: the game server needs ids from 0 without a gap`);
}
