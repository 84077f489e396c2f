import { expect, test, type TestWorld } from '../fixture.ts';
import { leaseTo, queueOf, REFUSED, requestOf, requestsOf, soon, UNAVAILABLE } from './think.fixture.ts';

const KEEP_ENDED_US = 60_000_000;
/** Rows that one run of the reaper handles. */
const MAX_REAPED = 200;

// Only a lab build can pass a deadline: SQL on the pinned host cannot write a timestamp.
test.use({ build: 'lab' });

test.beforeEach(async ({ world }) => {
  await world.call('set_tempo', [100, 30, 0]);
});

/** Lets the next reaper look at the rows, as when their time has come. */
const makeDue = (world: TestWorld, where: string) => world.sql(`UPDATE think_request SET reap_at_us = 1 ${where}`);

const noAnswers = (world: TestWorld) => world.sql("SELECT * FROM event WHERE kind = 'no_answer'");

test('a request that is done is kept for a minute, then deleted with its context and outcome', async ({ world }) => {
  const thinker = await world.account('Thinker');
  const id = await leaseTo(world, thinker);
  await world.call('submit', [id, 1, { Wait: [] }], thinker);
  const { reapAt, leasedAt } = await requestOf(world, id);
  expect(reapAt - leasedAt).toBeGreaterThanOrEqual(KEEP_ENDED_US);
  await makeDue(world, `WHERE id = ${id}`);
  await expect.poll(() => requestsOf(world), soon).toEqual([]);
  for (const table of ['think_context', 'think_outcome']) expect(await world.sql(`SELECT * FROM ${table}`)).toEqual([]);
  expect(await noAnswers(world)).toEqual([]);
  expect(await queueOf(world)).toMatchObject({ pending: 0, leased: 0, done: 1 });
});

for (const state of ['pending', 'leased']) {
  test(`a request that is ${state} at its deadline expires, and its asker gets no answer`, async ({ world }) => {
    const thinker = await world.account('Thinker');
    const id = await leaseTo(world, thinker);
    const { asker } = await requestOf(world, id);
    if (state === 'pending') await world.call('give_back', [id, 1, UNAVAILABLE, 'busy', 0], thinker);
    await world.call('lab_pass_deadlines');
    await makeDue(world, `WHERE id = ${id}`);
    await expect.poll(async () => (await requestOf(world, id)).state, soon).toBe('Expired');
    expect((await world.sql('SELECT * FROM think_outcome'))[0]).toMatchObject({ reason: 'the deadline passed' });
    expect(await queueOf(world)).toMatchObject({ pending: 0, leased: 0, dead: 0, expired: 1 });
    // Only the scheduler writes the event, when it deletes the request.
    expect(await noAnswers(world)).toEqual([]);
    await makeDue(world, `WHERE id = ${id}`);
    await expect.poll(() => noAnswers(world), soon).toMatchObject([{ subject: 0, object: asker, request: id }]);
    expect(await requestsOf(world)).toEqual([]);
  });
}

test('after the deadline nobody can submit, renew, give back or lease, even before the reaper runs', async ({
  world,
}) => {
  const thinker = await world.account('Thinker');
  const id = await leaseTo(world, thinker);
  await world.call('lab_pass_deadlines');
  for (const [reducer, ...rest] of [
    ['submit', { Wait: [] }],
    ['renew'],
    ['give_back', REFUSED, 'no', 0],
    ['give_back', UNAVAILABLE, 'no', 0],
  ] as [string, ...unknown[]][])
    await expect(world.call(reducer, [id, 1, ...rest], thinker)).rejects.toThrow(
      `the deadline of think request ${id} has passed`,
    );
  await world.call('ask', [1, 'Well?'], await world.player('Ada'));
  const second = (await requestsOf(world)).at(-1)!.id;
  await world.call('lab_pass_deadlines');
  await world.call('lease', [1], thinker);
  expect(await requestOf(world, second)).toMatchObject({ state: 'Pending', epoch: 0 });
});

test('one run of the reaper handles 200 rows, and the next ones the others', async ({ world }) => {
  await world.call('lab_populate', [MAX_REAPED + 50]);
  await world.call('lab_ask', [MAX_REAPED + 50]);
  const thinker = await world.account('Thinker');
  for (let leased = 0; leased < MAX_REAPED + 50; leased += 100) await world.call('lease', [100], thinker);
  await makeDue(world, '');
  const leased = async () => (await queueOf(world))['leased'];
  const seen = new Set<number | undefined>();
  await expect.poll(async () => (seen.add(await leased()), await leased()), { ...soon, intervals: [50] }).toBe(0);
  expect([...seen]).toEqual([MAX_REAPED + 50, 50, 0]);
});
