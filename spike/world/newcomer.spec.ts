import { expect, test, type TestWorld } from '../fixture.ts';
import { readMap } from '../start/map.ts';

test.use({ founded: false });

/** Founds a world whose treasury has `treasury` gold and gives `goldEach` of it to each newcomer. */
async function found(world: TestWorld, treasury: number, goldEach: number): Promise<void> {
  const map = readMap();
  await world.call('found_world', [{ ...map, newcomers: { ...map.newcomers, treasury, gold_each: goldEach } }]);
}

const goldOf = async (world: TestWorld, agent: number) =>
  (await world.sql(`SELECT quantity FROM holding WHERE holder = ${agent} AND good = 0`)).map((row) => row['quantity']);

test('newcomers enter with empty hands once the treasury has too little for one', async ({ world }) => {
  await found(world, 30, 20);
  expect(await goldOf(world, (await world.player('Nils')).agent)).toEqual([20]);
  expect(await goldOf(world, (await world.player('Ada')).agent)).toEqual([]);
});

test('the last newcomer may empty the treasury', async ({ world }) => {
  await found(world, 20, 20);
  expect(await goldOf(world, (await world.player('Nils')).agent)).toEqual([20]);
  expect(await world.sql('SELECT * FROM holding WHERE holder = 4294967295')).toEqual([]);
});

test('newcomers enter a world that gives them nothing', async ({ world }) => {
  await found(world, 30, 0);
  expect(await goldOf(world, (await world.player('Nils')).agent)).toEqual([]);
});
