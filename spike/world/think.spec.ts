import { expect, test, type TestWorld } from '../fixture.ts';
import { leaseAgain, leaseTo, queueOf, REFUSED, requestsOf, soon } from './think.fixture.ts';

const say = { Say: 'They pay in old coin.' };

/** The events that came of a request. */
const thoughtsOf = (world: TestWorld, request: number) => world.sql(`SELECT * FROM event WHERE request = ${request}`);

test.beforeEach(async ({ world }) => {
  // Nobody thinks by routine here.
  await world.call('set_tempo', [100, 30, 0]);
});

test('a thought is applied once, by the holder of the lease', async ({ world }) => {
  const thinker = await world.account('Thinker');
  const id = await leaseTo(world, thinker);
  await world.call('submit', [id, 1, say], thinker);
  const [event, ...others] = await thoughtsOf(world, id);
  const [nils] = await world.sql("SELECT id FROM agent_profile WHERE name = 'Nils'");
  expect(event).toMatchObject({ version: 1, kind: 'say', subject: 0, object: nils?.['id'], words: say.Say });
  expect(others).toEqual([]);
  const [outcome] = await world.sql('SELECT * FROM think_outcome');
  expect(outcome).toMatchObject({ request: id, event: event?.['id'], reason: '', lease_epoch: 1 });
});

test('a repeat of an accepted submit is Ok and changes nothing', async ({ world }) => {
  const thinker = await world.account('Thinker');
  const id = await leaseTo(world, thinker);
  await world.call('submit', [id, 1, say], thinker);
  await world.call('submit', [id, 1, say], thinker);
  expect(await thoughtsOf(world, id)).toHaveLength(1);
  expect(await queueOf(world)).toMatchObject({ pending: 0, leased: 0, done: 1 });
});

test('a submit with an old epoch is refused and leaves no trace', async ({ world }) => {
  const thinker = await world.account('Thinker');
  const id = await leaseTo(world, thinker);
  await world.call('give_back', [id, 1, REFUSED, 'the model is busy', 0], thinker);
  await expect(world.call('submit', [id, 1, say], thinker)).rejects.toThrow(
    `think request ${id} is Pending, not leased`,
  );
  await leaseAgain(world, thinker, id, 2);
  await expect(world.call('submit', [id, 1, say], thinker)).rejects.toThrow(
    `think request ${id} is at lease epoch 2, not 1`,
  );
  expect(await thoughtsOf(world, id)).toEqual([]);
});

test('strangers and the owner may not lease, submit, renew or give back', async ({ world }) => {
  const id = await leaseTo(world, await world.account('Thinker'));
  for (const caller of [await world.account(), await world.account('Player'), world.owner]) {
    await expect(world.call('lease', [1], caller)).rejects.toThrow('only the role Thinker may lease a think request');
    await expect(world.call('submit', [id, 1, say], caller)).rejects.toThrow(
      'only the role Thinker may submit a thought',
    );
    await expect(world.call('renew', [id, 1], caller)).rejects.toThrow('only the role Thinker may renew a lease');
    await expect(world.call('give_back', [id, 1, REFUSED, '', 0], caller)).rejects.toThrow(
      'only the role Thinker may give a think request back',
    );
  }
});

test("one thinker cannot submit under another's lease", async ({ world }) => {
  const id = await leaseTo(world, await world.account('Thinker'));
  const other = await world.account('Thinker');
  await expect(world.call('submit', [id, 1, say], other)).rejects.toThrow(
    `think request ${id} is leased to somebody else`,
  );
});

test('an action that the present world forbids is refused with a reason, and the lease stays', async ({ world }) => {
  const thinker = await world.account('Thinker');
  const id = await leaseTo(world, thinker);
  await expect(world.call('submit', [id, 1, { Go: 'nowhere' }], thinker)).rejects.toThrow('no exit leads "nowhere"');
  await expect(world.call('submit', [id, 1, { Say: '' }], thinker)).rejects.toThrow('there is nothing to say');
  expect((await requestsOf(world))[0]).toMatchObject({ epoch: 1 });
  await world.call('submit', [id, 1, say], thinker);
});

test('a routine that asks again while a request is open is counted and dropped', async ({ world }) => {
  await world.call('set_tempo', [20, 1, 1]);
  await expect.poll(async () => (await queueOf(world))['coalesced']).toBeGreaterThan(30);
  expect(await requestsOf(world)).toHaveLength(30);
});

test('over the calls of a minute requests wait, and the world goes on', async ({ world }) => {
  const [nils, thinker] = [await world.player('Nils'), await world.account('Thinker')];
  await world.call('set_mind_policy', [{ Normal: [] }, 2]);
  for (const agent of [0, 1, 2]) await world.call('ask', [agent, 'Well?'], nils);
  const leased = async () => (await queueOf(world))['leased'];
  await world.call('lease', [100], thinker);
  await world.call('lease', [100], thinker);
  // A minute may have ended between the two calls; then its successor has room for the third.
  expect([2, 3]).toContain(await leased());
  await world.call('set_mind_policy', [{ Normal: [] }, 1_000]);
  await world.call('lease', [100], thinker);
  expect(await leased()).toBe(3);
});

test('while the minds are stopped nothing is leased', async ({ world }) => {
  const [nils, thinker] = [await world.player('Nils'), await world.account('Thinker')];
  await world.call('set_mind_policy', [{ Stopped: [] }, 600]);
  await world.call('ask', [0, 'Well?'], nils);
  await world.call('lease', [1], thinker);
  expect((await requestsOf(world))[0]).toMatchObject({ epoch: 0 });
  await world.call('set_mind_policy', [{ Normal: [] }, 600]);
  await world.call('lease', [1], thinker);
  expect((await requestsOf(world))[0]).toMatchObject({ epoch: 1 });
});

test('the summary that everybody sees tells states, age and calls left', async ({ world }) => {
  await leaseTo(world, await world.account('Thinker'));
  const summary = async () => (await world.sql('SELECT * FROM think_summary'))[0];
  await expect.poll(summary, soon).toMatchObject({ pending: 0, leased: 1 });
  await expect.poll(async () => Number((await summary())?.['oldest_age_us']), soon).toBeGreaterThan(0);
  expect([599, 600]).toContain((await summary())?.['calls_left']);
});
