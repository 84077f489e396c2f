import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, type TestWorld } from '../fixture.ts';
import {
  contextOf,
  leaseAgain,
  leaseTo,
  queueOf,
  REFUSED,
  requestOf,
  requestsOf,
  soon,
  UNAVAILABLE,
} from './think.fixture.ts';

const MINUTE_MS = 60_000;
const BACK_OFF_US = 2_000_000;

test.beforeEach(async ({ world }) => {
  await world.call('set_tempo', [100, 30, 0]);
});

/** Lets a lease run out, as after a crash of its holder 30 s ago: the next reaper ends it. */
const runOut = (world: TestWorld, id: number) => world.sql(`UPDATE think_request SET reap_at_us = 1 WHERE id = ${id}`);

test('an answer that was refused counts an attempt, and its reason goes to the next thinker', async ({ world }) => {
  const thinker = await world.account('Thinker');
  const id = await leaseTo(world, thinker);
  expect(await contextOf(world, id)).toMatchObject({ refusal: '' });
  await world.call('give_back', [id, 1, REFUSED, 'no exit leads "up" from here', 0], thinker);
  expect(await requestOf(world, id)).toMatchObject({ state: 'Pending', attempts: 1 });
  await leaseAgain(world, thinker, id, 2);
  expect(await contextOf(world, id)).toMatchObject({ refusal: 'no exit leads "up" from here' });
  await world.call('give_back', [id, 2, REFUSED, 'ä'.repeat(501), 0], thinker);
  expect(await contextOf(world, id)).toMatchObject({ refusal: 'ä'.repeat(500) });
});

test('an unavailable mind costs no attempt and leaves no refusal, however often', async ({ world }) => {
  const thinker = await world.account('Thinker');
  const id = await leaseTo(world, thinker);
  // One more than the attempts that a request has.
  for (const epoch of [1, 2, 3, 4]) {
    await leaseAgain(world, thinker, id, epoch);
    await world.call('give_back', [id, epoch, UNAVAILABLE, 'the provider is down', 0], thinker);
    const row = await requestOf(world, id);
    expect(row).toMatchObject({ state: 'Pending', attempts: 0 });
    expect(row.notBefore - row.leasedAt).toBeGreaterThanOrEqual(BACK_OFF_US);
  }
  expect(await contextOf(world, id)).toMatchObject({ refusal: '' });
});

test('an outage after a refusal keeps the refusal and its attempt', async ({ world }) => {
  const thinker = await world.account('Thinker');
  const id = await leaseTo(world, thinker);
  await world.call('give_back', [id, 1, REFUSED, 'not JSON', 0], thinker);
  await leaseAgain(world, thinker, id, 2);
  await world.call('give_back', [id, 2, UNAVAILABLE, 'the provider is down', 0], thinker);
  expect(await requestOf(world, id)).toMatchObject({ attempts: 1 });
  expect(await contextOf(world, id)).toMatchObject({ refusal: 'not JSON' });
});

test('only an unavailable mind gets the call of its minute back', async ({ world }) => {
  test.setTimeout(2 * MINUTE_MS);
  const [nils, thinker] = [await world.player('Nils'), await world.account('Thinker')];
  for (const agent of [0, 1]) await world.call('ask', [agent, 'Well?'], nils);
  // The calls of another minute are not refunded.
  const left = MINUTE_MS - (Date.now() % MINUTE_MS);
  if (left < 5_000) await sleep(left + 500);
  const calls = async () => Number((await world.sql('SELECT * FROM think_budget'))[0]?.['calls']);
  await world.call('lease', [2], thinker);
  expect(await calls()).toBe(2);
  const [first, second] = await requestsOf(world);
  await world.call('give_back', [first!.id, 1, REFUSED, 'not JSON', 0], thinker);
  expect(await calls()).toBe(2);
  await world.call('give_back', [second!.id, 1, UNAVAILABLE, 'busy', 0], thinker);
  expect(await calls()).toBe(1);
});

for (const [name, cause] of Object.entries({ REFUSED, UNAVAILABLE })) {
  test(`a request given back as ${name} is not leased before the time that its mind named`, async ({ world }) => {
    const thinker = await world.account('Thinker');
    const id = await leaseTo(world, thinker);
    await world.call('give_back', [id, 1, cause, 'busy', 60_000], thinker);
    const { notBefore, leasedAt } = await requestOf(world, id);
    expect(notBefore - leasedAt).toBeGreaterThanOrEqual(60_000_000);
    await world.call('lease', [1], thinker);
    expect(await requestOf(world, id)).toMatchObject({ state: 'Pending', epoch: 1 });
  });
}

test('a request is dead after three refused answers, with the last error', async ({ world }) => {
  const thinker = await world.account('Thinker');
  const id = await leaseTo(world, thinker);
  for (const epoch of [1, 2, 3]) {
    await leaseAgain(world, thinker, id, epoch);
    await world.call('give_back', [id, epoch, REFUSED, `attempt ${epoch} failed`, 0], thinker);
  }
  expect((await world.sql('SELECT * FROM think_outcome'))[0]).toMatchObject({ event: 0, reason: 'attempt 3 failed' });
  expect(await queueOf(world)).toMatchObject({ pending: 0, leased: 0, dead: 1 });
});

test('a request is dead after three leases that ran out, as when its thinker crashes over it', async ({ world }) => {
  const thinker = await world.account('Thinker');
  const id = await leaseTo(world, thinker);
  for (const epoch of [1, 2, 3]) {
    await leaseAgain(world, thinker, id, epoch);
    await runOut(world, id);
    await expect.poll(async () => (await requestOf(world, id)).attempts, soon).toBe(epoch);
  }
  expect(await requestOf(world, id)).toMatchObject({ state: 'Dead' });
  expect((await world.sql('SELECT * FROM think_outcome'))[0]).toMatchObject({ reason: 'the lease expired' });
});

test('a renewed lease outlives one that was not, with the same epoch and attempts', async ({ world }) => {
  const [nils, thinker] = [await world.player('Nils'), await world.account('Thinker')];
  for (const agent of [0, 1]) await world.call('ask', [agent, 'Well?'], nils);
  await world.call('lease', [2], thinker);
  const [kept, lost] = (await requestsOf(world)).map(({ id }) => id) as [number, number];
  // Both leases end in a moment, and the reaper has not come yet when one of them is renewed.
  const end = (Date.now() + 1_500) * 1_000;
  for (const id of [kept, lost]) await world.sql(`UPDATE think_request SET reap_at_us = ${end} WHERE id = ${id}`);
  await world.call('renew', [kept, 1], thinker);
  await expect.poll(async () => (await requestOf(world, lost)).state, soon).toBe('Pending');
  const row = await requestOf(world, kept);
  expect(row).toMatchObject({ state: 'Leased', epoch: 1, attempts: 0 });
  expect(row.reapAt).toBeGreaterThan(end);
  expect(row.reapAt).toBeLessThanOrEqual(row.deadline);
  await expect(world.call('renew', [lost, 1], thinker)).rejects.toThrow(`think request ${lost} is Pending, not leased`);
  await world.call('submit', [kept, 1, { Say: 'They pay in old coin.' }], thinker);
});

test('only the holder of the present epoch may renew a lease or give it back', async ({ world }) => {
  const [thinker, other] = [await world.account('Thinker'), await world.account('Thinker')];
  const id = await leaseTo(world, thinker);
  const calls: [string, unknown[]][] = [
    ['renew', []],
    ['give_back', [REFUSED, 'no', 0]],
    ['give_back', [UNAVAILABLE, 'no', 0]],
  ];
  const refusesAll = async (epoch: number, account: typeof thinker, reason: string) => {
    const before = await requestOf(world, id);
    for (const [reducer, rest] of calls)
      await expect(world.call(reducer, [id, epoch, ...rest], account)).rejects.toThrow(reason);
    expect(await requestOf(world, id)).toEqual(before);
  };
  await refusesAll(1, other, `think request ${id} is leased to somebody else`);
  await refusesAll(0, thinker, `think request ${id} is at lease epoch 1, not 0`);
  await refusesAll(2, thinker, `think request ${id} is at lease epoch 1, not 2`);
  await world.call('give_back', [id, 1, UNAVAILABLE, 'busy', 0], thinker);
  await refusesAll(1, thinker, `think request ${id} is Pending, not leased`);
  await leaseAgain(world, thinker, id, 2);
  await refusesAll(1, thinker, `think request ${id} is at lease epoch 2, not 1`);
  await world.call('submit', [id, 2, { Wait: [] }], thinker);
  await refusesAll(2, thinker, `think request ${id} is Done, not leased`);
  for (const [reducer, rest] of calls)
    await expect(world.call(reducer, [999, 1, ...rest], thinker)).rejects.toThrow('there is no think request 999');
});
