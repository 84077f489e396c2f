import { expect, test, type TestWorld } from '../fixture.ts';
import type { Account } from '../host/api.ts';

/** Of the second in which a summary is refreshed, and a little. */
const soon = { timeout: 5_000 };
const say = { Say: 'They pay in old coin.' };
const requests = (world: TestWorld) => world.sql('SELECT * FROM think_request');

/** The events that came of a request. */
const thoughtsOf = (world: TestWorld, request: number) => world.sql(`SELECT * FROM event WHERE request = ${request}`);

/** A player asks agent 0, and the request is leased to `thinker`. */
async function leaseTo(world: TestWorld, thinker: Account): Promise<number> {
  await world.call('ask', [0, 'What do you make of the strangers?'], await world.player('Nils'));
  await world.call('lease', [1], thinker);
  return Number((await requests(world))[0]?.['id']);
}

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
  expect((await world.sql('SELECT * FROM think_queue'))[0]).toMatchObject({ pending: 0, leased: 0, done: 1 });
});

test('a submit with an old epoch is refused and leaves no trace', async ({ world }) => {
  const thinker = await world.account('Thinker');
  const id = await leaseTo(world, thinker);
  await world.call('give_back', [id, 1, 'the model is busy', 0], thinker);
  await expect(world.call('submit', [id, 1, say], thinker)).rejects.toThrow(
    `think request ${id} is Pending, not leased`,
  );
  await expect
    .poll(
      async () => {
        await world.call('lease', [1], thinker);
        return (await requests(world))[0]?.['lease_epoch'];
      },
      { timeout: 10_000 },
    )
    .toBe(2);
  await expect(world.call('submit', [id, 1, say], thinker)).rejects.toThrow(
    `think request ${id} is at lease epoch 2, not 1`,
  );
  expect(await thoughtsOf(world, id)).toEqual([]);
});

test('strangers and the owner may not lease, submit or give back', async ({ world }) => {
  const id = await leaseTo(world, await world.account('Thinker'));
  for (const caller of [await world.account(), await world.account('Player'), world.owner]) {
    await expect(world.call('lease', [1], caller)).rejects.toThrow('only the role Thinker may lease a think request');
    await expect(world.call('submit', [id, 1, say], caller)).rejects.toThrow(
      'only the role Thinker may submit a thought',
    );
    await expect(world.call('give_back', [id, 1, '', 0], caller)).rejects.toThrow(
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
  expect((await requests(world))[0]).toMatchObject({ lease_epoch: 1 });
  await world.call('submit', [id, 1, say], thinker);
});

test('rejects a question to an agent that is lost in thought, and says so', async ({ world }) => {
  const [nils, ada] = [await world.player('Nils'), await world.player('Ada')];
  await world.call('ask', [0, 'Who goes there?'], nils);
  await expect(world.call('ask', [0, 'And I?'], ada)).rejects.toThrow('Mira is lost in thought already');
  expect(await requests(world)).toHaveLength(1);
});

test('a routine that asks again while a request is open is counted and dropped', async ({ world }) => {
  await world.call('set_tempo', [20, 1, 1]);
  await expect
    .poll(async () => Number((await world.sql('SELECT * FROM think_queue'))[0]?.['coalesced']))
    .toBeGreaterThan(30);
  expect(await requests(world)).toHaveLength(30);
});

test('a player has at most three open questions', async ({ world }) => {
  const nils = await world.player('Nils');
  for (const agent of [0, 1, 2]) await world.call('ask', [agent, 'Well?'], nils);
  await expect(world.call('ask', [3, 'Well?'], nils)).rejects.toThrow('3 of your questions are still open');
});

test('nobody and nothing can be asked of an agent that is not there', async ({ world }) => {
  const nils = await world.player('Nils');
  await expect(world.call('ask', [999, 'Hello?'], nils)).rejects.toThrow('there is no agent 999');
  await expect(world.call('ask', [nils.agent, 'Hello?'], nils)).rejects.toThrow(
    'Nils is a player, and players answer for themselves',
  );
  await expect(world.call('ask', [0, ' '], nils)).rejects.toThrow('there is nothing to say');
  expect(await requests(world)).toHaveLength(0);
});

test('over the calls of a minute requests wait, and the world goes on', async ({ world }) => {
  const [nils, thinker] = [await world.player('Nils'), await world.account('Thinker')];
  await world.call('set_mind_policy', [{ Normal: [] }, 2]);
  for (const agent of [0, 1, 2]) await world.call('ask', [agent, 'Well?'], nils);
  const leased = async () => (await world.sql('SELECT * FROM think_queue'))[0]?.['leased'];
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
  expect((await requests(world))[0]).toMatchObject({ lease_epoch: 0 });
  await world.call('set_mind_policy', [{ Normal: [] }, 600]);
  await world.call('lease', [1], thinker);
  expect((await requests(world))[0]).toMatchObject({ lease_epoch: 1 });
});

test('the summary that everybody sees tells states, age and calls left', async ({ world }) => {
  await leaseTo(world, await world.account('Thinker'));
  const summary = async () => (await world.sql('SELECT * FROM think_summary'))[0];
  await expect.poll(summary, soon).toMatchObject({ pending: 0, leased: 1 });
  await expect.poll(async () => Number((await summary())?.['oldest_age_us']), soon).toBeGreaterThan(0);
  expect([599, 600]).toContain((await summary())?.['calls_left']);
});

test('a mind with a time to come back is not asked before it', async ({ world }) => {
  const thinker = await world.account('Thinker');
  const id = await leaseTo(world, thinker);
  await world.call('give_back', [id, 1, 'busy', 60_000], thinker);
  const [row] = await requests(world);
  const micros = (column: string) => (row?.[column] as [number])[0];
  expect(micros('not_before') - micros('asked_at')).toBeGreaterThan(60_000_000);
});

test('a request whose attempts are used up is dead, with the last error', async ({ world }) => {
  test.setTimeout(60_000);
  const thinker = await world.account('Thinker');
  const id = await leaseTo(world, thinker);
  for (const epoch of [1, 2, 3]) {
    await expect
      .poll(
        async () => {
          await world.call('lease', [1], thinker);
          return (await requests(world))[0]?.['lease_epoch'];
        },
        { timeout: 20_000 },
      )
      .toBe(epoch);
    await world.call('give_back', [id, epoch, `attempt ${epoch} failed`, 0], thinker);
  }
  expect((await world.sql('SELECT * FROM think_outcome'))[0]).toMatchObject({
    event: 0,
    reason: 'attempt 3 failed',
  });
  expect((await world.sql('SELECT * FROM think_queue'))[0]).toMatchObject({ pending: 0, leased: 0, dead: 1 });
});
