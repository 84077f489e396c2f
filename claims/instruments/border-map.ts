import { readMap, type WorldMap } from '../../spike/start/map.ts';

/** Names that nobody mixes up: six for each of these beginnings. */
const BEGINNINGS = ['Bal', 'Cor', 'Dag', 'Fen', 'Gor', 'Hal', 'Jor', 'Kel', 'Mar', 'Tor'];
const ENDINGS = ['ana', 'eth', 'iku', 'ova', 'ura', 'yne'];
const NAMES = ENDINGS.flatMap((ending) => BEGINNINGS.map((beginning) => beginning + ending));

/** Enough that some of it is left when much was given away. */
const GOLD = 30;
const SALT = 3;

/**
 * A small region: a gate and a hall, from both of which a border leads to the same place of the other region. Its agents
 * wander between the two.
 * @param agents at most 30
 */
export function borderMap(name: string, number: number, agents: number, other: string): WorldMap {
  const places = ['Gate', 'Hall'];
  return {
    ...readMap(),
    name,
    places: places.map((place) => ({ key: place.toLowerCase(), name: `${name} ${place}`, description: 'Bare walls.' })),
    exits: [
      { from: 'gate', direction: 'inward', to: 'hall' },
      { from: 'hall', direction: 'outward', to: 'gate' },
    ],
    routes: [],
    stalls: [],
    agents: NAMES.slice(number * agents, (number + 1) * agents).map((agent, index) => ({
      name: agent,
      persona: 'Lives at the border.',
      routine: { Wander: index % 2 ? 'gate' : 'hall' },
      gold: GOLD,
      holds: [{ good: 'salt', quantity: SALT }],
    })),
    newcomers: { place: 'gate', gold_each: 20, treasury: 1_000 },
    borders: places.map((place) => ({
      from: place.toLowerCase(),
      direction: 'over',
      region: 1 - number,
      to: `${other} ${place}`,
    })),
  };
}
