import { expect, test } from '../fixture.ts';
import type { Mind } from './mind.ts';
import { rules } from './rules.ts';
import { queueOf, think } from './think.fixture.ts';

test.beforeEach(async ({ world }) => {
  await world.call('set_tempo', [100, 30, 0]);
});

test('gives a request back with the reason when the mind fails', async ({ world }) => {
  const broken: Mind = { name: 'broken', think: () => Promise.reject(new Error('no words came')) };
  const { thinker, lines } = think(world, await world.account('Thinker'), broken);
  await world.call('ask', [0, 'Anybody?'], await world.player('Nils'));
  await expect
    .poll(() => lines)
    .toContainEqual(expect.stringMatching(/^Mira \(request \d+\) failed: no words came, \d+ ms$/));
  await expect.poll(() => queueOf(world)).toMatchObject({ pending: 1, leased: 0 });
  await thinker.stop();
});

test('gives up on a mind that hangs after the timeout', async ({ world }) => {
  const hanging: Mind = { name: 'hanging', think: () => new Promise(() => {}) };
  const { thinker, lines } = think(world, await world.account('Thinker'), hanging, { timeoutMs: 300 });
  await world.call('ask', [0, 'Anybody?'], await world.player('Nils'));
  await expect.poll(() => lines).toContainEqual(expect.stringMatching(/no thought within 300 ms/));
  await thinker.stop();
});

test("gives a request back with the world's reason when it rejects the action", async ({ world }) => {
  const lost: Mind = { name: 'lost', think: () => Promise.resolve({ tag: 'Go', value: 'through the wall' }) };
  const { thinker, lines } = think(world, await world.account('Thinker'), lost);
  await world.call('ask', [0, 'Where to?'], await world.player('Nils'));
  await expect
    .poll(() => lines)
    .toContainEqual(expect.stringMatching(/the world rejected it: no exit leads "through the wall"/));
  await expect.poll(() => queueOf(world)).toMatchObject({ pending: 1, leased: 0, done: 0 });
  await thinker.stop();
});

test('gives its leases back when it stops', async ({ world }) => {
  const hanging: Mind = { name: 'hanging', think: () => new Promise(() => {}) };
  const { thinker } = think(world, await world.account('Thinker'), hanging);
  await world.call('ask', [0, 'Anybody?'], await world.player('Nils'));
  await expect.poll(() => queueOf(world)).toMatchObject({ leased: 1 });
  await thinker.stop();
  expect(await queueOf(world)).toMatchObject({ leased: 0, pending: 1 });
  expect(await world.sql('SELECT attempts FROM think_request')).toEqual([{ attempts: 0 }]);
});

test('gives a context of another version back and names both versions', async ({ world }) => {
  const { thinker, lines } = think(world, await world.account('Thinker'), rules);
  const { db } = await thinker.link.firstLive;
  // Stands in for a newer world: every row arrives with another version.
  db.thinkContext.onInsert((_, row) => (row.version = 9));
  await world.call('ask', [0, 'Well?'], await world.player('Nils'));
  await expect
    .poll(() => lines)
    .toContainEqual(expect.stringContaining('the context has version 9, and this thinker reads version 3'));
  await thinker.stop();
});
