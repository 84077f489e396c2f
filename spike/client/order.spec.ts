import { expect, test } from '../fixture.ts';
import { connect } from './connect.ts';
import { memoryTokens } from './token-store.ts';

test.use({ build: 'lab' });

test('delivers rows in the order of their commits, in large and in small messages', async ({ world }) => {
  const asked = 100;
  const rounds = 40;
  await world.call('lab_populate', [asked * rounds]);
  await world.call('set_mind_policy', [{ Normal: [] }, 1_000_000]);
  const claimer = await world.account('Thinker');
  let updates = 0;
  const link = connect({
    url: world.host.url,
    database: world.database,
    tokens: memoryTokens((await world.account('Thinker')).token),
    queries: ['SELECT * FROM think_request'],
    wire: ({ db }) => void db.thinkRequest.onUpdate(() => updates++),
  });
  const { db } = await link.firstLive;
  let asking = true;
  const claims = Array.from({ length: 3 }, async () => {
    while (asking) await world.call('lease', [1], claimer);
  });
  for (let round = 1; round <= rounds; round++) await world.call('lab_ask', [asked * round]);
  asking = false;
  await Promise.all(claims);
  await expect.poll(() => db.thinkRequest.count()).toBe(asked * rounds);
  const leased = Number((await world.sql('SELECT * FROM think_queue'))[0]?.['leased']);
  expect(leased).toBeGreaterThan(rounds);
  await expect.poll(() => updates).toBe(leased);
  link.close();
});
