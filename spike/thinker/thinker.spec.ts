import { memoryTokens } from '../client/token-store.ts';
import { expect, test, type TestWorld } from '../fixture.ts';
import type { Account } from '../host/api.ts';
import type { Mind } from './mind.ts';
import { rules } from './rules.ts';
import { startThinker, type Thinker } from './thinker.ts';

const queueOf = async (world: TestWorld) => (await world.sql('SELECT * FROM think_queue'))[0];

function think(
  world: TestWorld,
  account: Account,
  mind: Mind,
  timeoutMs = 5_000,
): { thinker: Thinker; lines: string[] } {
  const lines: string[] = [];
  const { host, database } = world;
  const tokens = memoryTokens(account.token);
  const thinker = startThinker({
    url: host.url,
    database,
    tokens,
    mind,
    concurrency: 4,
    timeoutMs,
    log: (line) => lines.push(line),
  });
  return { thinker, lines };
}

test.beforeEach(async ({ world }) => {
  await world.call('set_tempo', [100, 30, 0]);
});

test('what is asked is thought, and the answer is heard in the world', async ({ world }) => {
  const { thinker } = think(world, await world.account('Thinker'), rules);
  for (const name of ['Nils', 'Ada']) {
    const player = await world.player(name);
    for (const agent of [0, 1, 2])
      await world.call('ask', [name === 'Nils' ? agent : agent + 3, 'What of the strangers?'], player);
  }
  await expect.poll(() => queueOf(world)).toMatchObject({ pending: 0, leased: 0, done: 6 });
  const answers = (await world.sql('SELECT * FROM event')).filter(({ request }) => Number(request) > 0);
  expect(answers.map(({ agent }) => agent).sort()).toEqual([0, 1, 2, 3, 4, 5]);
  await thinker.stop();
});

test('agents reflect by themselves while a thinker serves them', async ({ world }) => {
  await world.call('set_tempo', [50, 5, 2]);
  const { thinker } = think(world, await world.account('Thinker'), rules);
  await expect.poll(async () => Number((await queueOf(world))?.['done']), { timeout: 20_000 }).toBeGreaterThan(30);
  await thinker.stop();
});

test('a mind that fails gives its request back with the reason', async ({ world }) => {
  const broken: Mind = { name: 'broken', think: () => Promise.reject(new Error('no words came')) };
  const { thinker, lines } = think(world, await world.account('Thinker'), broken);
  await world.call('ask', [0, 'Anybody?'], await world.player('Nils'));
  await expect.poll(() => lines).toContainEqual(expect.stringMatching(/request \d+ failed: no words came/));
  await expect.poll(() => queueOf(world)).toMatchObject({ pending: 1, leased: 0 });
  await thinker.stop();
});

test('a mind that hangs is given up after the timeout', async ({ world }) => {
  const hanging: Mind = { name: 'hanging', think: () => new Promise(() => {}) };
  const { thinker, lines } = think(world, await world.account('Thinker'), hanging, 300);
  await world.call('ask', [0, 'Anybody?'], await world.player('Nils'));
  await expect.poll(() => lines).toContainEqual(expect.stringMatching(/no thought within 300 ms/));
  await thinker.stop();
});

test('an action that the world refuses is given back with its words', async ({ world }) => {
  const lost: Mind = { name: 'lost', think: () => Promise.resolve({ tag: 'Go', value: 'through the wall' }) };
  const { thinker, lines } = think(world, await world.account('Thinker'), lost);
  await world.call('ask', [0, 'Where to?'], await world.player('Nils'));
  await expect
    .poll(() => lines)
    .toContainEqual(expect.stringMatching(/the world refused it: no exit leads "through the wall"/));
  await expect.poll(() => queueOf(world)).toMatchObject({ pending: 1, leased: 0, done: 0 });
  await thinker.stop();
});

test('a thinker that stops gives its leases back', async ({ world }) => {
  const hanging: Mind = { name: 'hanging', think: () => new Promise(() => {}) };
  const { thinker } = think(world, await world.account('Thinker'), hanging);
  await world.call('ask', [0, 'Anybody?'], await world.player('Nils'));
  await expect.poll(() => queueOf(world)).toMatchObject({ leased: 1 });
  await thinker.stop();
  expect(await queueOf(world)).toMatchObject({ leased: 0, pending: 1 });
});

test('without the role a thinker sees no request and no context', async ({ world }) => {
  const { thinker } = think(world, await world.account(), rules);
  const db = await thinker.link.firstLive;
  await world.call('ask', [0, 'Do you keep a secret?'], await world.player('Nils'));
  await expect.poll(async () => (await queueOf(world))?.['pending']).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect([db.db.thinkRequest.count(), db.db.thinkContext.count()]).toEqual([0, 0]);
  await thinker.stop();
});

test('thinkers share the work, and each request is thought once', async ({ world }) => {
  await world.call('set_tempo', [20, 1, 1]);
  const thinkers = [await world.account('Thinker'), await world.account('Thinker')].map((account) =>
    think(world, account, {
      name: 'slowish',
      think: () => new Promise((resolve) => setTimeout(() => resolve({ tag: 'Wait' }), 50)),
    }),
  );
  await expect.poll(async () => Number((await queueOf(world))?.['done']), { timeout: 20_000 }).toBeGreaterThan(60);
  await world.call('set_tempo', [20, 1, 0]);
  await expect.poll(() => queueOf(world)).toMatchObject({ pending: 0, leased: 0, dead: 0 });
  const thoughts = (await world.sql('SELECT request FROM event WHERE request > 0')).map(({ request }) => request);
  expect(new Set(thoughts).size).toBe(thoughts.length);
  for (const { lines } of thinkers) expect(lines.filter((line) => line.includes(': Wait')).length).toBeGreaterThan(5);
  for (const { thinker } of thinkers) await thinker.stop();
});

test('minds that the owner stops think nothing, and slow ones hardly anything', async ({ world }) => {
  const { thinker, lines } = think(world, await world.account('Thinker'), rules);
  await thinker.link.firstLive;
  await world.call('control_minds', [{ Stopped: [] }, 600]);
  await expect.poll(() => lines).toContainEqual(expect.stringContaining('the owner sets the minds to stopped'));
  await world.call('set_tempo', [20, 1, 1]);
  await expect.poll(async () => Number((await queueOf(world))?.['pending'])).toBe(30);
  expect(await queueOf(world)).toMatchObject({ leased: 0, done: 0 });
  await world.call('set_tempo', [20, 1, 0]);
  await world.call('control_minds', [{ Slow: [] }, 600]);
  await expect.poll(async () => Number((await queueOf(world))?.['done']), { timeout: 10_000 }).toBe(1);
  await world.call('control_minds', [{ Normal: [] }, 600]);
  await expect.poll(async () => Number((await queueOf(world))?.['done'])).toBe(30);
  await thinker.stop();
});
