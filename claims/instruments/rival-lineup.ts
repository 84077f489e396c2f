import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab } from '../harness/lab.ts';
import { runColyseus, runDatabase, runSpacetimeDb, runStore } from './rival-arms.ts';
import type { Cell, Cluster, Running, Store } from './rival-arms.ts';

/** A backend of PostgreSQL hands in its counts at most once a second. */
const COUNTED_MS = 1_000;

/** One way to run the world. */
export interface LineupArm {
  name: string;
  label: string;
  /** Runs under every load, or only where commits that wait for the disk are compared. */
  everywhere: boolean;
  run(cell: Cell): Promise<Running>;
}

/** Which arms take part, each in a world of so many agents. */
export interface Lineup {
  living: number;
  stores: Store[];
  /** Where the share of updates that stay in their page is taken down for the store of rows. */
  hotIn: (cell: Cell) => boolean;
  hot: number[];
}

/** SpacetimeDB, the game server with each store and both kinds of commit, PostgreSQL as the truth, and Colyseus. */
export function lineup(lab: Lab, cluster: Cluster, { living, stores, hotIn, hot }: Lineup): LineupArm[] {
  const servers = stores.flatMap((store): LineupArm[] =>
    (['off', 'on'] as const).map((durability) => ({
      name: durability === 'on' ? `${store}-on` : store,
      label: `game server, ${store}${durability === 'on' ? ', waits for the disk' : ''}`,
      everywhere: durability === 'off',
      async run(cell) {
        const running = await runStore(cluster, store, living, cell, ['--durability', durability]);
        return store === 'rows' && hotIn(cell) ? noting(cluster, hot, running) : running;
      },
    })),
  );
  return [
    { name: 'spacetimedb', label: 'SpacetimeDB', everywhere: true, run: (cell) => runSpacetimeDb(lab, living, cell) },
    ...servers,
    {
      name: 'database',
      label: 'PostgreSQL is the truth',
      everywhere: true,
      run: (cell) => runDatabase(cluster, living, cell),
    },
    { name: 'colyseus', label: 'Colyseus, in memory', everywhere: true, run: (cell) => runColyseus(living, cell) },
  ];
}

/** The store of rows, whose pages have no room. */
export function crowded(cluster: Cluster, living: number, hot: number[]): LineupArm {
  return {
    name: 'crowded',
    label: 'rows without room',
    everywhere: false,
    run: async (cell) =>
      noting(
        cluster,
        hot,
        await runStore(cluster, 'rows', living, cell, ['--durability', 'off', '--fillfactor', '100']),
      ),
  };
}

/** Adds to `hot` the share of updates that stayed in their page, before the world is gone. */
function noting(cluster: Cluster, hot: number[], running: Running & { url: string }): Running {
  return {
    ...running,
    async stop() {
      await sleep(COUNTED_MS);
      hot.push(await cluster.hotRatio(running.url));
      await running.stop();
    },
  };
}
