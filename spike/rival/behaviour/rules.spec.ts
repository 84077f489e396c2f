import fc from 'fast-check';
import { ARM_NAMES, expect, notOffered, test } from './arms.fixture.ts';
import { Rejection, type ArmWorld, type Caller, type Census, type Thinker } from './arm.ts';
import { anyCall, PLAYERS } from './calls.fixture.ts';
import { leased, Model, sorted, type Call } from './model.fixture.ts';

const RUNS = 4;
const CALLS = 50;

for (const armName of ARM_NAMES)
  test.describe(armName, () => {
    test.use({ armName });

    test('each call does what the rules say, and a refused one gives their reason and changes nothing', async ({
      world,
    }) => {
      const people = await enter(world);
      await world.owner.call('pause_clock');
      const model = new Model(PLAYERS, await world.census());
      const outcomes = { done: 0, refused: 0, traded: 0 };
      // From the gate to the market, where everybody buys and sells. After that chance decides.
      const opening = PLAYERS.flatMap((_, player): Call[] => [
        { player, action: { Go: 'north' } },
        { player, action: { Buy: { good: 'salt', quantity: 1, gold: 20 } } },
        { player, action: { Sell: { good: 'salt', quantity: 1, gold: 0 } } },
      ]);
      await fc.assert(
        fc.asyncProperty(fc.array(anyCall, { minLength: CALLS, maxLength: CALLS }), async (calls) => {
          for (const call of [...opening.splice(0), ...calls]) {
            const expected = model.call(call);
            const outcome = await outcomeOf(people, call);
            expect(outcome, JSON.stringify(call)).toBe(expected);
            outcomes[expected === '' ? 'done' : 'refused']++;
            if (expected === '' && isTrade(call)) outcomes.traded++;
          }
          const { tick: _, ...census } = await world.census();
          expect({ ...census, holdings: sorted(census.holdings) }).toEqual(model.census());
        }),
        // The calls of a run cannot be taken back, so a shorter run would not begin in the same world.
        { numRuns: RUNS, endOnFailure: true },
      );
      expect(outcomes.done).toBeGreaterThan(20);
      expect(outcomes.refused).toBeGreaterThan(50);
      expect(outcomes.traded).toBeGreaterThanOrEqual(2 * PLAYERS.length);
    });

    test('whatever many try at once while the clock runs, nothing is made or lost, and each thought acts once', async ({
      world,
    }) => {
      const people = await enter(world);
      await world.owner.call('set_tempo', 20, 1, 20);
      const founded = sumsOf(await world.census());
      await fc.assert(
        fc.asyncProperty(fc.array(anyCall, { minLength: 150, maxLength: 150 }), async (calls) => {
          await Promise.all(calls.map((call) => outcomeOf(people, call)));
          const census = await world.census();
          expect(sumsOf(census)).toEqual(founded);
          expect(census.agents.map(({ id }) => id)).toEqual(census.agents.map((_, index) => index));
          expect(census.agents.every(({ place }) => place >= 0 && place < 20)).toBe(true);
          expect(thoughtsTwice(census)).toEqual([]);
        }),
        { numRuns: 3, endOnFailure: true },
      );
    });

    test('a name that only looks like another one is rejected', async ({ arm, world }) => {
      if (!arm.offers.lookalikeNames) return notOffered(arm, 'lookalike names are rejected');
      await expect(world.player('M1ra')).rejects.toThrow('M1ra looks like Mira, who lives here');
    });
  });

const isTrade = (call: Call) => 'action' in call && ('Buy' in call.action || 'Sell' in call.action);

interface People {
  players: Caller[];
  thinkers: Thinker[];
}

async function enter(world: ArmWorld): Promise<People> {
  await world.owner.call('set_tempo', 100, 100, 0);
  const players: Caller[] = [];
  for (const name of PLAYERS) players.push(await world.player(name));
  return { players, thinkers: [await world.thinker(), await world.thinker()] };
}

/** The same texts as the model's. Anything but a rejection with a reason is a fault. */
async function outcomeOf({ players, thinkers }: People, call: Call): Promise<string> {
  const player = 'player' in call ? players[call.player] : undefined;
  const thinker = 'thinker' in call ? thinkers[call.thinker] : undefined;
  try {
    if ('leases' in call) return leased((await thinker?.lease(call.leases)) ?? []);
    if ('request' in call) await thinker?.call('submit', call.request, call.epoch, call.action);
    else if ('asked' in call) await player?.call('ask', call.asked, 'What now?');
    else await player?.call('act', call.action);
    return '';
  } catch (error) {
    if (!(error instanceof Rejection) || error.message === '') throw error;
    return error.message;
  }
}

/** Of each good, over all holders, the treasury included. */
function sumsOf({ holdings }: Census): Record<number, number> {
  const sums: Record<number, number> = {};
  for (const { good, quantity } of holdings) sums[good] = (sums[good] ?? 0) + quantity;
  return sums;
}

function thoughtsTwice({ events }: Census): number[] {
  const requests = events.map(({ request }) => request).filter((request) => request > 0);
  return requests.filter((request, index) => requests.indexOf(request) !== index);
}
