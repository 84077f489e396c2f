import { ARM_NAMES, expect, test } from './arms.fixture.ts';
import { crashUnderLoad, sumsOf } from './crash.ts';

/** A timer of a machine that runs other tests may be so late. */
const LATE_MS = 500;
for (const armName of ARM_NAMES)
  test.describe(armName, () => {
    test.use({ armName });

    test('a killed server comes back with all that it acknowledged, within what the arm promises', async ({
      arm,
      world,
    }) => {
      const { lost, astray, census, founded } = await crashUnderLoad(world);
      expect(Math.max(0, ...lost), 'age of the oldest lost act').toBeLessThanOrEqual(
        limitOf(arm.offers.actsKeptAfterMs),
      );
      expect(Math.max(0, ...astray), 'age of the oldest lost walk').toBeLessThanOrEqual(
        limitOf(arm.offers.positionsKeptAfterMs),
      );
      expect(sumsOf(census)).toEqual(founded);
      expect(census.agents.map(({ id }) => id)).toEqual(census.agents.map((_, index) => index));
      for (const { id, state } of census.requests)
        expect(census.events.filter(({ request }) => request === id)).toHaveLength(state === 'Done' ? 1 : 0);
      await expect.poll(async () => (await world.census()).tick).toBeGreaterThan(census.tick);
      await expect(world.player('Nils')).rejects.toThrow();
    });
  });

for (const armName of ['rows', 'log', 'write-behind'] as const)
  test.describe(`${armName}, whose commits write nothing`, () => {
    test.use({ armName, serverOptions: ['--break', 'drop-flush'] });

    test('the same check finds the loss', async ({ arm, world }) => {
      const { lost } = await crashUnderLoad(world);
      expect(Math.max(0, ...lost)).toBeGreaterThan(limitOf(arm.offers.actsKeptAfterMs));
    });
  });

/** Only a promise that rests on a timer can be late. */
const limitOf = (promisedMs: number) => (promisedMs === 0 ? 0 : promisedMs + LATE_MS);
