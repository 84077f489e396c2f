import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '../fixture.ts';

/** The world's own bound. */
const MAX_PLAYERS = 1_000;
/** Far from the agents of the world, since a player's agent is unique. */
const FIRST_AGENT = 1_000_000;
const MINUTE_MS = 60_000;

test('counts the calls of one minute over several leases', async ({ world }) => {
  test.setTimeout(2 * MINUTE_MS);
  await world.call('set_tempo', [100, 30, 0]);
  await world.call('set_mind_policy', [{ Normal: [] }, 4]);
  const thinkers = [await world.account('Thinker'), await world.account('Thinker')];
  const players = [await world.player('Nils'), await world.player('Olaf')];
  for (const [agent, player] of [0, 1, 2, 3, 4, 5].map((agent) => [agent, players[agent % 2]] as const))
    await world.call('ask', [agent, 'Well?'], player);
  // A new minute frees new calls, so all leases must be taken in one.
  const left = MINUTE_MS - (Date.now() % MINUTE_MS);
  if (left < 10_000) await sleep(left + 500);
  const leased = async () => Number((await world.sql('SELECT * FROM think_queue'))[0]?.['leased']);
  await world.call('lease', [3], thinkers[0]);
  expect(await leased()).toBe(3);
  await world.call('lease', [3], thinkers[1]);
  expect(await leased()).toBe(4);
  await world.call('lease', [3], thinkers[0]);
  expect(await leased()).toBe(4);
});

test('rejects a player when the world is full', async ({ world }) => {
  test.setTimeout(2 * MINUTE_MS);
  for (let player = 1; player < MAX_PLAYERS; player++) {
    const identity = `0x${player.toString(16).padStart(64, '0')}`;
    await world.sql(
      `INSERT INTO player (identity, agent, online) VALUES (${identity}, ${FIRST_AGENT + player}, false)`,
    );
  }
  await world.call('join', ['Nils'], await world.account());
  await expect(world.call('join', ['Olaf'], await world.account())).rejects.toThrow(
    `the world is full: it has ${MAX_PLAYERS} players already`,
  );
});
