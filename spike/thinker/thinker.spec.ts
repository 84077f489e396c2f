import { memoryTokens } from '../client/token-store.ts';
import type { Action } from '../client/bindings/index.ts';
import { expect, test, type TestWorld } from '../fixture.ts';
import { identityArgument, type Account } from '../host/api.ts';
import { startHost } from '../host/host.ts';
import { buildModule } from '../host/module.ts';
import { readMap } from '../start/map.ts';
import type { Mind } from './mind.ts';
import { rules } from './rules.ts';
import { startThinker, type Thinker, type ThinkerOptions } from './thinker.ts';

const queueOf = async (world: TestWorld) => (await world.sql('SELECT * FROM think_queue'))[0];

/** A thinker within this process, and the lines that it logs. */
function think(
  { host, database }: Pick<TestWorld, 'host' | 'database'>,
  account: Account,
  mind: Mind,
  options: Partial<ThinkerOptions> = {},
): { thinker: Thinker; lines: string[] } {
  const lines: string[] = [];
  const thinker = startThinker({
    url: host.url,
    database,
    tokens: memoryTokens(account.token),
    mind,
    concurrency: 4,
    timeoutMs: 5_000,
    log: (line) => lines.push(line),
    ...options,
  });
  return { thinker, lines };
}

test.beforeEach(async ({ world }) => {
  await world.call('set_tempo', [100, 30, 0]);
});

test('answers the questions of players in the world', async ({ world }) => {
  const { thinker } = think(world, await world.account('Thinker'), rules);
  for (const name of ['Nils', 'Ada']) {
    const player = await world.player(name);
    for (const agent of [0, 1, 2])
      await world.call('ask', [name === 'Nils' ? agent : agent + 3, 'What of the strangers?'], player);
  }
  await expect.poll(() => queueOf(world)).toMatchObject({ pending: 0, leased: 0, done: 6 });
  const answers = (await world.sql('SELECT * FROM event')).filter(({ request }) => Number(request) > 0);
  expect(answers.map(({ subject }) => subject).sort()).toEqual([0, 1, 2, 3, 4, 5]);
  await thinker.stop();
});

test('serves the reflections of agents', async ({ world }) => {
  await world.call('set_tempo', [50, 5, 2]);
  const { thinker } = think(world, await world.account('Thinker'), rules);
  await expect.poll(async () => Number((await queueOf(world))?.['done']), { timeout: 20_000 }).toBeGreaterThan(30);
  await thinker.stop();
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
});

test('without the role it sees no request and no context, logs that, and begins once it is granted', async ({
  world,
}) => {
  const account = await world.account();
  const { thinker, lines } = think(world, account, rules);
  const { db } = await thinker.link.firstLive;
  expect(lines).toContainEqual(expect.stringContaining('waiting until the owner grants'));
  await world.call('ask', [0, 'Do you keep a secret?'], await world.player('Nils'));
  const tick = () => Number(db.clock.id.find(0)?.tick);
  const asked = tick();
  await expect.poll(tick).toBeGreaterThan(asked + 2);
  expect([db.thinkRequest.count(), db.thinkContext.count()]).toEqual([0, 0]);
  await world.call('grant_role', [identityArgument(account), { Thinker: [] }]);
  await expect.poll(() => queueOf(world)).toMatchObject({ done: 1 });
  await thinker.stop();
});

test('gives a context of another version back and names both versions', async ({ world }) => {
  const { thinker, lines } = think(world, await world.account('Thinker'), rules);
  const { db } = await thinker.link.firstLive;
  // Stands in for a newer world: every row arrives with another version.
  db.thinkContext.onInsert((_, row) => (row.version = 9));
  await world.call('ask', [0, 'Well?'], await world.player('Nils'));
  await expect
    .poll(() => lines)
    .toContainEqual(expect.stringContaining('the context has version 9, and this thinker reads version 2'));
  await thinker.stop();
});

test('several thinkers share the work, and each request is answered once', async ({ world }) => {
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
  for (const { lines } of thinkers) expect(lines.filter((line) => line.includes(' waits, ')).length).toBeGreaterThan(5);
  for (const { thinker } of thinkers) await thinker.stop();
});

test('takes no request while the minds are stopped, and one at a time while they are slow', async ({ world }) => {
  await world.call('set_mind_policy', [{ Stopped: [] }, 600]);
  let now = 0;
  let most = 0;
  const mind: Mind = {
    name: 'counted',
    async think() {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 10));
      now--;
      return { tag: 'Wait' };
    },
  };
  const { thinker, lines } = think(world, await world.account('Thinker'), mind, { restMs: 200 });
  await expect.poll(() => lines).toContainEqual('the owner set the minds to stopped');
  await world.call('set_tempo', [20, 1, 1]);
  await expect.poll(async () => Number((await queueOf(world))?.['pending'])).toBe(30);
  expect(await queueOf(world)).toMatchObject({ leased: 0, done: 0 });
  await world.call('set_tempo', [20, 1, 0]);
  await world.call('set_mind_policy', [{ Slow: [] }, 600]);
  await expect.poll(async () => Number((await queueOf(world))?.['done']), { timeout: 10_000 }).toBeGreaterThan(1);
  expect(most).toBe(1);
  await world.call('set_mind_policy', [{ Normal: [] }, 600]);
  await expect.poll(() => queueOf(world)).toMatchObject({ pending: 0, leased: 0, dead: 0, done: 30 });
  expect(most).toBe(4);
  await thinker.stop();
});

test('submits a thought that ended during a host restart once, without thinking it again', async ({
  binary,
  folder,
}) => {
  const module = await buildModule('production', console.log);
  const first = await startHost({ binary, folder });
  const { api } = first;
  const owner = await api.createAccount();
  const nils = await api.createAccount();
  const account = await api.createAccount();
  await api.publish('w', module.wasm, owner);
  await api.call('w', 'found_world', [readMap()], owner);
  await api.call('w', 'set_tempo', [100, 30, 0], owner);
  await api.call('w', 'grant_role', [identityArgument(account), { Thinker: [] }], owner);
  await api.call('w', 'join', ['Nils'], nils);
  let asked = 0;
  let answer = (_action: Action) => {};
  const slow: Mind = {
    name: 'slow',
    think: () => {
      asked++;
      return new Promise((resolve) => (answer = resolve));
    },
  };
  const { thinker, lines } = think({ host: first, database: 'w' }, account, slow, { timeoutMs: 25_000 });
  await thinker.link.firstLive;
  await api.call('w', 'ask', [0, 'Well?'], nils);
  await expect.poll(() => asked).toBe(1);
  // The host syncs its log every 500 ms; the lease must survive the restart.
  await new Promise((resolve) => setTimeout(resolve, 600));
  await first.stop();
  await expect.poll(() => thinker.link.db).toBeUndefined();
  answer({ tag: 'Say', value: 'I was away.' });
  const second = await startHost({ binary, folder, port: first.port });
  try {
    await expect.poll(() => lines, { timeout: 20_000 }).toContainEqual(expect.stringContaining('says: I was away.'));
    expect(asked).toBe(1);
  } finally {
    await thinker.stop();
    await second.stop();
  }
});
