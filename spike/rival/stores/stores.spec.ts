import { setImmediate } from 'node:timers/promises';
import { expect } from 'playwright/test';
import { test } from '../postgres/postgres.fixture.ts';
import { act, ask } from '../world/player.ts';
import { restore, snapshot } from '../world/state.ts';
import { Town } from '../world/town.fixture.ts';
import { lease } from '../world/think/lease.ts';
import { LogStore } from './log.ts';
import { RowsStore } from './rows.ts';
import type { Store } from './store.ts';
import { WriteBehindStore } from './write-behind.ts';

const STORES: Record<string, (url: string) => Promise<Store>> = {
  rows: (url) => RowsStore.open({ url, durability: 'on', fillfactor: 70 }),
  log: (url) => LogStore.open({ url, durability: 'on', snapshotEvery: 7 }),
  'write-behind': (url) => WriteBehindStore.open({ url, durability: 'on', fillfactor: 70, flushMs: 30 }),
};

for (const [name, open] of Object.entries(STORES)) {
  test(`the store ${name} gives back the world that it was given`, async ({ url }) => {
    const town = new Town({ living: 120, reflectEvery: 3 });
    let store = await open(url);
    expect(await store.load()).toBeUndefined();
    const commits = [store.commit(snapshot(town.world))];
    town.join('Nils');
    town.do((change) => act(change, 'Nils', { Say: `It's "salt", \\ isn't it? – 漢` }));
    town.do((change) => ask(change, 'Nils', 3, 'Well?'));
    town.do((change) => lease(change, 'one', 5));
    for (let tick = 0; tick < 40; tick++) {
      town.tick();
      commits.push(...town.deltas.splice(0).map((delta) => store.commit(delta)));
      if (tick % 10 === 0) await Promise.all(commits);
    }
    await Promise.all(commits);
    await store.close();
    store = await open(url);
    const saved = await store.load();
    expect(saved && snapshot(restore(town.world.geography, saved))).toEqual(snapshot(town.world));
    await store.close();
  });
}

test('the log becomes a snapshot, and keeps every event', async ({ url }) => {
  const town = new Town({ living: 50 });
  const store = await LogStore.open({ url, durability: 'on', snapshotEvery: 20 });
  await store.commit(snapshot(town.world));
  town.join('Nils');
  town.tick(20);
  for (const delta of town.deltas) await store.commit(delta);
  await expect.poll(async () => (await store.load())?.length).toBe(1);
  const [saved] = (await store.load()) ?? [];
  expect(saved?.tick).toBe(20);
  expect(saved?.events).toHaveLength(1);
  await store.close();
});

test('a store that has lost its database rejects every further commit', async ({ url }) => {
  const town = new Town();
  const store = await RowsStore.open({ url, durability: 'on', fillfactor: 70 });
  await store.commit(snapshot(town.world));
  const broken = { ...snapshot(town.world), holdings: [{ holder: 1, good: 0, quantity: -1 }] };
  const first = store.commit(broken);
  // By then the first is on its way, and the second cannot join its transaction.
  await setImmediate();
  const commits = [first, store.commit(snapshot(town.world))];
  for (const commit of commits) await expect(commit).rejects.toThrow('violates check constraint');
  await expect(store.commit(snapshot(town.world))).rejects.toThrow('violates check constraint');
  await store.close();
});
