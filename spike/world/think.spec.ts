import { expect, test, type TestWorld } from '../fixture.ts';
import type { Account } from '../host/api.ts';

const say = { Say: 'They pay in old coin.' };
const requests = (world: TestWorld) => world.sql('SELECT * FROM think_request');

/** Asks agent 0 and leases the request to `thinker`. */
async function leaseTo(world: TestWorld, thinker: Account): Promise<number> {
  await world.call('ask', [0, 'What do you make of the strangers?']);
  await world.call('claim', [1], thinker);
  return Number((await requests(world))[0]?.['id']);
}

test.beforeEach(async ({ world }) => {
  // Nobody thinks by routine here.
  await world.call('set_tempo', [100, 30, 0]);
});

test('a thought is applied once, by whoever holds the lease', async ({ world }) => {
  const thinker = await world.account('Thinker');
  const id = await leaseTo(world, thinker);
  await world.call('submit', [id, 1, say], thinker);
  const events = await world.sql('SELECT * FROM event');
  expect(events.map(({ text }) => text)).toEqual(['says: They pay in old coin.']);
  const [outcome] = await world.sql('SELECT * FROM think_outcome');
  expect(outcome).toMatchObject({ request: id, applied: true, lease_epoch: 1 });
});

test('a repeat of an accepted submit is Ok and changes nothing', async ({ world }) => {
  const thinker = await world.account('Thinker');
  const id = await leaseTo(world, thinker);
  await world.call('submit', [id, 1, say], thinker);
  await world.call('submit', [id, 1, say], thinker);
  expect(await world.sql('SELECT * FROM event')).toHaveLength(1);
  expect((await world.sql('SELECT * FROM think_queue'))[0]).toMatchObject({ pending: 0, leased: 0, done: 1 });
});

test('a submit with an old epoch is refused and leaves no trace', async ({ world }) => {
  const thinker = await world.account('Thinker');
  const id = await leaseTo(world, thinker);
  await world.call('fail', [id, 1, 'the model is busy'], thinker);
  await expect(world.call('submit', [id, 1, say], thinker)).rejects.toThrow(
    `think request ${id} is Pending, not leased`,
  );
  await expect
    .poll(
      async () => {
        await world.call('claim', [1], thinker);
        return (await requests(world))[0]?.['lease_epoch'];
      },
      { timeout: 10_000 },
    )
    .toBe(2);
  await expect(world.call('submit', [id, 1, say], thinker)).rejects.toThrow(
    `think request ${id} is at lease epoch 2, not 1`,
  );
  expect(await world.sql('SELECT * FROM event')).toHaveLength(0);
});

test('a stranger and even the owner may neither claim, submit nor fail', async ({ world }) => {
  const id = await leaseTo(world, await world.account('Thinker'));
  for (const caller of [await world.account(), await world.account('Player'), world.owner]) {
    await expect(world.call('claim', [1], caller)).rejects.toThrow('only the role Thinker may claim a think request');
    await expect(world.call('submit', [id, 1, say], caller)).rejects.toThrow(
      'only the role Thinker may submit a thought',
    );
    await expect(world.call('fail', [id, 1, ''], caller)).rejects.toThrow(
      'only the role Thinker may fail a think request',
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

test('while an agent has an open request, a second one is counted and dropped', async ({ world }) => {
  await world.call('ask', [0, 'Who goes there?']);
  await world.call('ask', [0, 'Who goes there now?']);
  expect(await requests(world)).toHaveLength(1);
  expect((await world.sql('SELECT * FROM think_queue'))[0]).toMatchObject({ pending: 1, coalesced: 1 });
});

test('nobody and nothing can be asked of an agent that is not there', async ({ world }) => {
  await expect(world.call('ask', [999, 'Hello?'])).rejects.toThrow('there is no agent 999');
  await expect(world.call('ask', [0, ' '])).rejects.toThrow('there is nothing to say');
  expect(await requests(world)).toHaveLength(0);
});

test('a request whose attempts are used up is dead, with the last error', async ({ world }) => {
  test.setTimeout(60_000);
  const thinker = await world.account('Thinker');
  const id = await leaseTo(world, thinker);
  for (const epoch of [1, 2, 3]) {
    await expect
      .poll(
        async () => {
          await world.call('claim', [1], thinker);
          return (await requests(world))[0]?.['lease_epoch'];
        },
        { timeout: 20_000 },
      )
      .toBe(epoch);
    await world.call('fail', [id, epoch, `attempt ${epoch} failed`], thinker);
  }
  expect((await world.sql('SELECT * FROM think_outcome'))[0]).toMatchObject({
    applied: false,
    text: 'attempt 3 failed',
  });
  expect((await world.sql('SELECT * FROM think_queue'))[0]).toMatchObject({ pending: 0, leased: 0, dead: 1 });
});
