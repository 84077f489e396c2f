import { memoryTokens } from '../client/token-store.ts';
import { expect, test as base } from '../fixture.ts';
import { identityArgument, type Account, type Api } from '../host/api.ts';
import { buildModule } from '../host/module.ts';
import { readMap, type WorldMap } from '../start/map.ts';
import { Region } from './region.ts';
import { Relay } from './relay.ts';

/** The shortest wait that tests use: the pinned host syncs every 500 ms, and none of these tests kills it. */
export const WAIT_MS = 100;

/** The first id that the south gives out. */
export const SOUTH_FIRST = 2 ** 24;
/** The number of the first journey that begins in region 0, and in region 1. */
export const FROM_NORTH = 2 ** 33 + 1;
export const FROM_SOUTH = 2 ** 45 + FROM_NORTH;

/** A region of the test's world, on the worker's host. */
export interface RegionUnderTest {
  number: number;
  database: string;
  call(reducer: string, args?: unknown[], caller?: Account): Promise<void>;
  sql(query: string): Promise<Record<string, unknown>[]>;
}

export interface Border {
  api: Api;
  north: RegionUnderTest;
  south: RegionUnderTest;
  /** Holds the role Relay in both. */
  porter: Account;
  /** Starts a relay of the product between the two. It ends with the test. @param northUrl where it finds the north */
  relay(waitMs?: number, northUrl?: string): Relay;
}

const AGENTS = (names: string[], place: string) =>
  names.map((name) => ({
    name,
    persona: 'Lives at the border.',
    routine: { Wander: place },
    gold: 10,
    holds: [{ good: 'salt', quantity: 3 }],
  }));

/** A small region: a gate with a border, and a hall behind it. */
export function mapOf(name: string, people: string[], other: { region: number; to: string }): WorldMap {
  const [gate, hall] = [`${name} Gate`, `${name} Hall`];
  return {
    ...readMap(),
    name,
    places: [
      { key: 'gate', name: gate, description: 'A gate.' },
      { key: 'hall', name: hall, description: 'A hall.' },
    ],
    exits: [
      { from: 'gate', direction: 'in', to: 'hall' },
      { from: 'hall', direction: 'out', to: 'gate' },
    ],
    routes: [],
    stalls: [],
    agents: AGENTS(people, 'gate'),
    newcomers: { place: 'gate', gold_each: 20, treasury: 1_000 },
    borders: [{ from: 'gate', direction: 'over', ...other }],
  };
}

export const test = base.extend<{ border: Border }>({
  founded: false,
  border: async ({ host: { api, url }, world }, use, info) => {
    const { wasm } = await buildModule('production', console.log);
    const porter = await api.createAccount();
    const region = async (number: number, name: string, map: WorldMap, database: string): Promise<RegionUnderTest> => {
      if (database !== world.database) await api.publish(database, wasm, world.owner);
      const call = (reducer: string, args: unknown[] = [], caller = world.owner) =>
        api.call(database, reducer, args, caller);
      await call('set_region', [number, name]);
      await call('grant_role', [identityArgument(porter), { Relay: [] }]);
      await call('found_world', [map]);
      await call('pause_clock');
      return { number, database, call, sql: (query) => api.sql(database, query, world.owner) };
    };
    const other = `south${info.testId.replaceAll(/[^a-z0-9]/g, '')}`;
    const north = mapOf('North', ['Ada', 'Olaf'], { region: 1, to: 'South Gate' });
    const south = mapOf('South', ['Runa', 'Nils'], { region: 0, to: 'North Gate' });
    const running: Relay[] = [];
    await use({
      api,
      porter,
      north: await region(0, 'North', north, world.database),
      south: await region(1, 'South', south, other),
      relay(waitMs = WAIT_MS, northUrl = url) {
        const tokens = () => memoryTokens(porter.token);
        const regions = [
          new Region({ url: northUrl, database: world.database, tokens: tokens() }),
          new Region({ url, database: other, tokens: tokens() }),
        ];
        const relay = new Relay(regions, { waitMs, log: () => {} });
        running.push(relay);
        return relay;
      },
    });
    for (const relay of running) relay.close();
    await api.remove(other, world.owner);
  },
});

/** Whom a region has alive, by id. */
export async function livesIn(region: RegionUnderTest): Promise<number[]> {
  const agents = await region.sql('SELECT * FROM agent');
  return agents.filter(({ place }) => place !== 4_294_967_295).map(({ id }) => Number(id));
}

/** What somebody holds in a region: pairs of good and quantity. */
export async function goodsOf(region: RegionUnderTest, agent: number): Promise<unknown[][]> {
  const holdings = await region.sql(`SELECT * FROM holding WHERE holder = ${agent}`);
  return holdings.map(({ good, quantity }) => [good, quantity]).sort();
}

/** Lets each region know the other, as a relay does before it carries anybody. */
export async function greetEachOther({ north, south, porter }: Border): Promise<void> {
  const ownRow = async (region: RegionUnderTest) => (await region.sql('SELECT * FROM region')).slice(0, 1);
  await north.call('greet', await ownRow(south), porter);
  await south.call('greet', await ownRow(north), porter);
}

export { expect };
