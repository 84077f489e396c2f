import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '../fixture.ts';
import { queueOf, requestsOf } from './think.fixture.ts';

/** The world's own bounds. */
const MAX_PLAYERS = 1_000;
const MAX_OPEN = 5_000;
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

test.describe('in a lab build', () => {
  test.use({ build: 'lab' });

  test('leases at most 100 requests in one call', async ({ world }) => {
    await world.call('set_tempo', [100, 30, 0]);
    await world.call('lab_populate', [150]);
    await world.call('lab_ask', [150]);
    await world.call('lease', [4_294_967_295], await world.account('Thinker'));
    expect(await queueOf(world)).toMatchObject({ pending: 50, leased: 100 });
  });

  test('a question takes the place of the oldest reflection that waits in a full queue', async ({ world }) => {
    test.setTimeout(2 * MINUTE_MS);
    const [nils, thinker] = [await world.player('Nils'), await world.account('Thinker')];
    await world.call('set_tempo', [100, 30, 0]);
    await world.call('set_mind_policy', [{ Normal: [] }, 2 * MAX_OPEN]);
    // One more than the queue holds: Nils has no mind of his own, and the last agent finds no room.
    await world.call('lab_populate', [MAX_OPEN + 2]);
    await world.call('lab_ask', [MAX_OPEN + 1]);
    expect(await queueOf(world)).toMatchObject({ pending: MAX_OPEN, rejected: 0 });
    const oldest = (await requestsOf(world))[0]!;
    await world.call('ask', [MAX_OPEN + 1, 'Well?'], nils);
    expect(await queueOf(world)).toMatchObject({ pending: MAX_OPEN, coalesced: 0, rejected: 1 });
    expect(await world.sql(`SELECT * FROM think_request WHERE id = ${oldest.id}`)).toEqual([]);
    expect(await world.sql(`SELECT * FROM think_context WHERE request = ${oldest.id}`)).toEqual([]);
    // Where every reflection is leased, nobody can give way.
    for (let leased = 0; leased < MAX_OPEN; leased += 100) await world.call('lease', [100], thinker);
    await expect(world.call('ask', [oldest.agent, 'Well?'], nils)).rejects.toThrow(
      `${MAX_OPEN} requests are open already`,
    );
  });
});
