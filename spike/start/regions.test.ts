import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { readMap, type WorldMap } from './map.ts';
import { divisionFile, readRegions } from './regions.ts';

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spellkave-regions-'));
});
test.afterAll(() => rmSync(folder, { recursive: true }));

interface Division {
  regions: { name?: string; newcomers?: string; places: string[]; routes?: { key: string; stops: string[] }[] }[];
}

const TOWN = { name: 'Town', newcomers: 'market', places: ['market', 'well'] };
const SHORE = { name: 'Shore', newcomers: 'quay', places: ['quay', 'mole'] };

/** Four places in a row, with a border in the middle. */
function smallMap(): WorldMap {
  const place = (key: string) => ({ key, name: `The ${key}`, description: 'A place.' });
  const way = (from: string, direction: string, to: string) => ({ from, direction, to });
  const agent = (name: string, routine: WorldMap['agents'][number]['routine']) => ({
    ...{ name, persona: 'Lives here.', routine, gold: 5 },
    holds: [],
  });
  return {
    ...{ name: 'Small', goods: ['salt'] },
    places: ['well', 'market', 'quay', 'mole'].map(place),
    exits: [
      way('well', 'east', 'market'),
      way('market', 'west', 'well'),
      way('market', 'east', 'quay'),
      way('quay', 'west', 'market'),
      way('quay', 'east', 'mole'),
      way('mole', 'west', 'quay'),
    ],
    routes: [
      { key: 'town-round', stops: ['well', 'market'] },
      { key: 'shore-round', stops: ['quay', 'mole'] },
    ],
    agents: [
      agent('Ada', { Patrol: 'town-round' }),
      agent('Odo', { Rest: 'market' }),
      agent('Jory', { Wander: 'mole' }),
    ],
    stalls: [{ place: 'market', keeper: 'Odo' }],
    newcomers: { place: 'market', gold_each: 5, treasury: 51 },
    borders: [],
  };
}

function readIn(division: Division | string, map = smallMap()) {
  const file = join(folder, 'regions-2.json');
  writeFileSync(file, typeof division === 'string' ? division : JSON.stringify(division));
  return readRegions(2, file, () => map);
}

test('a world of one region has the whole map and no name', () => {
  const [region, ...others] = readRegions(1);
  expect(others).toEqual([]);
  expect(region).toMatchObject({ number: 0, name: '', database: 'spellkave' });
  expect(region?.map).toEqual(readMap());
});

test('each region gets its places, its people and its part of the treasury, and exits over the border become borders', () => {
  const [town, shore] = readIn({ regions: [TOWN, SHORE] });
  expect(town).toMatchObject({ number: 0, name: 'Town', database: 'spellkave' });
  expect(shore).toMatchObject({ number: 1, name: 'Shore', database: 'spellkave-shore' });
  expect([town, shore].map((region) => region?.map.agents.map(({ name }) => name))).toEqual([['Ada', 'Odo'], ['Jory']]);
  expect(town?.map.borders).toEqual([{ from: 'market', direction: 'east', region: 1, to: 'The quay' }]);
  expect(shore?.map.borders).toEqual([{ from: 'quay', direction: 'west', region: 0, to: 'The market' }]);
  expect(shore?.map.stalls).toEqual([]);
  expect([town, shore].map((region) => region?.map.newcomers)).toEqual([
    { place: 'market', gold_each: 5, treasury: 26 },
    { place: 'quay', gold_each: 5, treasury: 25 },
  ]);
});

test('the regions of this world hold each place, exit, agent, stall and good of its map exactly once', () => {
  const map = readMap();
  const regions = readRegions(2).map((region) => region.map);
  const all = <T>(list: (map: WorldMap) => T[]) => regions.flatMap(list);
  const gold = (of: WorldMap) => of.newcomers.treasury + of.agents.reduce((sum, agent) => sum + agent.gold, 0);
  expect(all(({ places }) => places.map(({ key }) => key)).sort()).toEqual(map.places.map(({ key }) => key).sort());
  expect(all(({ exits, borders }) => [...exits, ...borders])).toHaveLength(map.exits.length);
  expect(all(({ agents }) => agents.map(({ name }) => name)).sort()).toEqual(map.agents.map(({ name }) => name).sort());
  expect(all(({ stalls }) => stalls)).toHaveLength(map.stalls.length);
  expect(all(({ routes }) => routes)).toHaveLength(map.routes.length);
  expect(regions.map(gold).reduce((sum, part) => sum + part)).toBe(gold(map));
});

const withRoute = (route: { key: string; stops: string[] }) => ({ regions: [{ ...TOWN, routes: [route] }, SHORE] });

for (const [what, division, said] of [
  ['a missing region', { regions: [TOWN] }, 'names 1 regions, and --regions 2 needs 2: add or remove some.'],
  [
    'two regions with one name',
    { regions: [TOWN, { ...SHORE, name: 'Town' }] },
    'two regions are called Town: give one',
  ],
  [
    'a name that could not end a folder',
    { regions: [TOWN, { ...SHORE, name: '../x' }] },
    'use a capital and up to 29 more letters',
  ],
  [
    'a region without a place for newcomers',
    { regions: [TOWN, { name: 'Shore', places: ['quay', 'mole'] }] },
    'name the place where newcomers of the region begin',
  ],
  [
    'newcomers in another region',
    { regions: [TOWN, { ...SHORE, newcomers: 'well' }] },
    'newcomers of Shore begin in "well", which is in another region: name a place of Shore',
  ],
  [
    'a place that is not on the map',
    { regions: [TOWN, { ...SHORE, places: ['quay', 'mole', 'moon'] }] },
    'Shore has the place "moon", which is not on the map: use one that is',
  ],
  [
    'a place in two regions',
    { regions: [TOWN, { ...SHORE, places: ['quay', 'mole', 'well'] }] },
    'the place "well" is in Town and in Shore: name it in one region, once',
  ],
  [
    'a place in no region',
    { regions: [TOWN, { ...SHORE, places: ['quay'] }] },
    'the place "mole" is in no region: add it to one',
  ],
  [
    'a route that is not on the map',
    withRoute({ key: 'moon-round', stops: ['well', 'market'] }),
    'the route "moon-round" of Town replaces none on the map: use the key of one',
  ],
  [
    'a route with a stop beyond the border',
    withRoute({ key: 'town-round', stops: ['market', 'quay'] }),
    'the route "town-round" of Town stops at "quay", which is in another region: stop in one',
  ],
  ['a file that is not JSON', '{ "regions": ', 'regions-2.json: '],
] as const)
  test(`${what} is refused with the fix`, () => {
    expect(() => readIn(structuredClone(division) as Division | string)).toThrow(said);
  });

test('a route over a border is refused until a region replaces it', () => {
  const map = { ...smallMap(), routes: [{ key: 'town-round', stops: ['market', 'quay'] }] };
  expect(() => readIn({ regions: [TOWN, SHORE] }, map)).toThrow(
    'the route "town-round" crosses a border: give it stops in one region, in that region\'s "routes"',
  );
  const [town] = readIn(withRoute({ key: 'town-round', stops: ['market', 'well'] }), map);
  expect(town?.map.routes).toEqual([{ key: 'town-round', stops: ['market', 'well'] }]);
});

for (const [what, border, said] of [
  ['into an unknown region', { region: 2, to: 'The well' }, 'leads to region 2: use 0 to 1'],
  [
    'to an unknown place',
    { region: 0, to: 'The moon' },
    'leads to "The moon", and no place of Town has that name: use one that has',
  ],
  ['into its own region', { region: 1, to: 'The quay' }, 'leads into its own region Shore: make it an exit'],
] as const)
  test(`a border of the map that leads ${what} is refused with the fix`, () => {
    const map = { ...smallMap(), borders: [{ from: 'mole', direction: 'by boat', ...border }] };
    expect(() => readIn({ regions: [TOWN, SHORE] }, map)).toThrow(`the border "by boat" of "mole" ${said}`);
  });

test('a number of regions that nobody divided the map into is refused', () => {
  expect(() => readRegions(9)).toThrow(
    `--regions 9 needs ${divisionFile(9)}, which does not exist: write it, or use 2.`,
  );
});
