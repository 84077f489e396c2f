import { setTimeout as sleep } from 'node:timers/promises';
import { ARM_NAMES, expect, test } from './arms.fixture.ts';
import type { ArmWorld, Lease, Thinker } from './arm.ts';
import { attempt, expectEachOnce, say, askEach } from './thinking.fixture.ts';

/** Of the map: agents that have minds. */
const ASKED = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const UNAVAILABLE = { Unavailable: [] };
const REFUSED = { Refused: [] };

for (const armName of ARM_NAMES)
  test.describe(armName, () => {
    test.use({ armName });

    test('a request acts once, whatever two thinkers do with their leases', async ({ world }) => {
      const [one, two] = [await world.thinker(), await world.thinker()];
      await askEach(world, ASKED);
      const leases = await one.lease(ASKED.length);
      expect(leases.map(({ leaseEpoch }) => leaseEpoch)).toEqual(ASKED.map(() => 1));
      const accepted = await Promise.all(leases.map((lease, index) => misuse(lease, index, one, two)));
      expect(accepted.flat().filter((text) => text === 'Not mine.')).toEqual([]);
      // What was given back is leased by the other, and both submit: the old holder with its old epoch, and first.
      const stale: string[] = [];
      await expect
        .poll(
          async () => {
            for (const { request, leaseEpoch } of await two.lease(ASKED.length)) {
              stale.push(...(await say(one, request, leaseEpoch - 1, 'Stale.')));
              await Promise.all([1, 2].map(() => say(two, request, leaseEpoch, 'Mine.')));
            }
            return openIn(world);
          },
          { timeout: 20_000 },
        )
        .toBe(0);
      expect(stale).toEqual([]);
      await expectEachOnce(world, ASKED.length);
    });
  });

/** Everything at once that two callers can do with one lease. @returns the answers that were accepted */
async function misuse(lease: Lease, index: number, one: Thinker, two: Thinker): Promise<string[]> {
  const { request, leaseEpoch } = lease;
  const renewals = [one, two].map((who) => attempt(who.call('renew', request, leaseEpoch)));
  const cause = index % 3 === 0 ? UNAVAILABLE : REFUSED;
  const back = () => attempt(one.call('give_back', request, leaseEpoch, cause, 'no words', 0));
  const answers =
    index % 2 === 0
      ? [back(), say(one, request, leaseEpoch, 'Late.'), back()]
      : [say(one, request, leaseEpoch, 'Once.'), say(one, request, leaseEpoch, 'Once.')];
  const foreign = say(two, request, leaseEpoch, 'Not mine.');
  const [texts] = await Promise.all([Promise.all([foreign, ...answers]), ...renewals]);
  return texts.flat();
}

async function openIn(world: ArmWorld): Promise<number> {
  const { requests } = await world.census();
  await sleep(100);
  return requests.filter(({ state }) => state === 'Pending' || state === 'Leased').length;
}
