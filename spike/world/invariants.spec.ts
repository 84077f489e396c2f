import fc from 'fast-check';
import { expect, test, type TestWorld } from '../fixture.ts';
import { NOBODY } from '../client/world-constants.ts';
import { Refused, type Account } from '../host/api.ts';
import { queueOf, REFUSED, requestsOf, UNAVAILABLE } from './think.fixture.ts';

const PLAYERS = ['Nils', 'Ada', 'Olaf', 'Runa'];
const BURSTS = 30;
const CALLS_IN_A_BURST = 100;

const quantity = fc.constantFrom(0, 1, 2, 5, 21, 4_294_967_295);
const good = fc.constantFrom('gold', 'salt', 'flour', 'iron', 'moonlight');
const deal = fc.record({ good, quantity, gold: fc.nat(30) });
const action = fc.oneof(
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }).map((Say) => ({ Say })) },
  {
    weight: 4,
    arbitrary: fc.constantFrom('north', 'south', 'east', 'west', '').map((Go) => ({ Go })),
  },
  { weight: 6, arbitrary: fc.record({ to: fc.nat(40), good, quantity }).map((Give) => ({ Give })) },
  { weight: 4, arbitrary: deal.map((Buy) => ({ Buy })) },
  { weight: 4, arbitrary: deal.map((Sell) => ({ Sell })) },
  { weight: 1, arbitrary: fc.constant({ Wait: [] }) },
);
/** One call: by whom, and what. Minds go the same way as players, through a lease. */
const call = fc.oneof(
  { weight: 8, arbitrary: fc.record({ player: fc.nat(PLAYERS.length - 1), action }) },
  { weight: 2, arbitrary: fc.record({ player: fc.nat(PLAYERS.length - 1), asked: fc.nat(33) }) },
  { weight: 1, arbitrary: fc.constant({ leases: true }) },
  {
    weight: 3,
    arbitrary: fc.record({ request: fc.integer({ min: 1, max: 40 }), epoch: fc.constantFrom(1, 2), action }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      request: fc.integer({ min: 1, max: 40 }),
      epoch: fc.constantFrom(1, 2),
      cause: fc.constantFrom(REFUSED, UNAVAILABLE, 'renew' as const),
    }),
  },
);
type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

test('whatever players and minds try at once, nothing is made, lost or in two places', async ({ world }) => {
  await world.call('set_tempo', [20, 1, 20]);
  const players: Account[] = [];
  for (const name of PLAYERS) players.push(await world.player(name));
  const thinker = await world.account('Thinker');
  const founded = await totals(world);
  const outcomes = { done: 0, refused: 0 };

  const reducerOf = (one: Call): [string, unknown[], Account] => {
    if ('leases' in one) return ['lease', [5], thinker];
    if ('cause' in one) {
      const lease = [one.request, one.epoch];
      if (one.cause === 'renew') return ['renew', lease, thinker];
      return ['give_back', [...lease, one.cause, 'no words', 0], thinker];
    }
    if ('request' in one) return ['submit', [one.request, one.epoch, one.action], thinker];
    const player = players[one.player] as Account;
    return 'asked' in one ? ['ask', [one.asked, 'What now?'], player] : ['act', [one.action], player];
  };
  const burst = fc.array(call, { minLength: CALLS_IN_A_BURST, maxLength: CALLS_IN_A_BURST });
  await fc.assert(
    fc.asyncProperty(burst, async (calls) => {
      await Promise.all(
        calls.map(async (one) => {
          try {
            await world.call(...reducerOf(one));
            outcomes.done++;
          } catch (error) {
            // A refusal is an answer; anything else, a trap above all, is a fault.
            if (!(error instanceof Refused) || error.message === '') throw error;
            outcomes.refused++;
          }
        }),
      );
      expect(await totals(world)).toEqual(founded);
      await expectEverybodyInOnePlace(world);
      await expectEachThoughtOnce(world);
      await expectCountersToAddUp(world);
    }),
    // A burst cannot be taken back, so a smaller one would not start from the same world.
    { numRuns: BURSTS, endOnFailure: true },
  );
  expect(outcomes.done).toBeGreaterThan(100);
  expect(outcomes.refused).toBeGreaterThan(100);
});

/** Of each good, over all holders, the treasury included. */
async function totals(world: TestWorld): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { good, quantity } of await world.sql('SELECT * FROM holding')) {
    expect(Number(quantity)).toBeGreaterThan(0);
    sums[String(good)] = (sums[String(good)] ?? 0) + Number(quantity);
  }
  return sums;
}

async function expectEverybodyInOnePlace(world: TestWorld): Promise<void> {
  const places = new Set((await world.sql('SELECT id FROM place')).map(({ id }) => id));
  const agents = await world.sql('SELECT * FROM agent');
  expect(agents).toHaveLength(30 + PLAYERS.length);
  expect(new Set(agents.map(({ id }) => id)).size).toBe(agents.length);
  expect(agents.filter(({ place }) => !places.has(place))).toEqual([]);
}

async function expectEachThoughtOnce(world: TestWorld): Promise<void> {
  const requests = (await world.sql('SELECT request FROM event')).map(({ request }) => Number(request));
  const thoughts = requests.filter((request) => request > 0);
  expect(new Set(thoughts).size).toBe(thoughts.length);
}

/** The counters of the queue are those of its rows, and of two open requests of one agent only one is a question. */
async function expectCountersToAddUp(world: TestWorld): Promise<void> {
  let [before, requests, after] = [await queueOf(world), await requestsOf(world), await queueOf(world)];
  // A tick may have changed them between the queries.
  while (JSON.stringify(before) !== JSON.stringify(after))
    [before, requests, after] = [after, await requestsOf(world), await queueOf(world)];
  const count = (...states: string[]) => requests.filter(({ state }) => states.includes(state)).length;
  expect(after).toMatchObject({ pending: count('Pending'), leased: count('Leased') });
  // The reaper deletes ended requests after a minute.
  for (const [column, state] of Object.entries({ done: 'Done', dead: 'Dead', expired: 'Expired' }))
    expect(after[column]).toBeGreaterThanOrEqual(count(state));
  const open = requests.filter(({ state }) => state === 'Pending' || state === 'Leased');
  const questions = open.filter(({ asker }) => asker !== NOBODY).map(({ agent }) => agent);
  const reflections = open.filter(({ asker }) => asker === NOBODY).map(({ agent }) => agent);
  for (const agents of [questions, reflections]) expect(new Set(agents).size).toBe(agents.length);
}
