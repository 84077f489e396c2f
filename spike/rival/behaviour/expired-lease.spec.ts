import type { Arm, Lease } from './arm.ts';
import { ARM_NAMES, expect, test } from './arms.fixture.ts';
import { askEach, say } from './thinking.fixture.ts';

/** A lease lasts 30 s, the reaper looks once a second, and a back-off after one attempt takes at most 4 s; twice that. */
const EXPIRED_WITHIN_MS = 70_000;

// All arms at once, since all that it takes is time.
test('an expired lease passes on, and its old holder comes too late, on every arm', async ({ armOf }) => {
  test.setTimeout(2 * EXPIRED_WITHIN_MS);
  await Promise.all(ARM_NAMES.map((name) => expectItPassesOn(armOf(name))));
});

async function expectItPassesOn(arm: Arm): Promise<void> {
  const { name } = arm;
  const world = await arm.open();
  const [one, two] = [await world.thinker(), await world.thinker()];
  await askEach(world, [1]);
  const [lease] = await one.lease(1);
  const request = lease?.request ?? 0;
  let next: Lease | undefined;
  await expect
    .poll(async () => ([next] = (await two.lease(9)).filter((each) => each.request === request)).length, {
      message: name,
      timeout: EXPIRED_WITHIN_MS,
      intervals: [500],
    })
    .toBe(1);
  expect(next?.leaseEpoch, name).toBe(2);
  expect(await say(one, request, 1, 'Late.'), name).toEqual([]);
  expect(await say(two, request, 2, 'In time.'), name).toEqual(['In time.']);
  const { events } = await world.census();
  expect(events.filter((event) => event.request === request).map(({ words }) => words)).toEqual(['In time.']);
  await world.close();
}
