import { expect, test } from '../fixture.ts';
import { identityArgument } from '../host/api.ts';
import type { Mind } from './mind.ts';
import { rules } from './rules.ts';
import { queueOf, think } from './think.fixture.ts';

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

test('without the role it sees no request and no context, logs that, and begins once it is granted', async ({
  world,
}) => {
  const account = await world.account();
  const { thinker, lines } = think(world, account, rules);
  const { db } = await thinker.link.firstLive;
  const command = `npm run grant -- --role thinker ${account.identity} --url ${world.host.url} --database ${world.database}`;
  expect(lines).toContain(`waiting until the owner grants this identity the role Thinker: ${command}`);
  await world.call('ask', [0, 'Do you keep a secret?'], await world.player('Nils'));
  const tick = () => Number(db.clock.id.find(0)?.tick);
  const asked = tick();
  await expect.poll(tick).toBeGreaterThan(asked + 2);
  expect([db.thinkRequest.count(), db.thinkContext.count()]).toEqual([0, 0]);
  await world.call('grant_role', [identityArgument(account), { Thinker: [] }]);
  await expect.poll(() => queueOf(world)).toMatchObject({ done: 1 });
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
