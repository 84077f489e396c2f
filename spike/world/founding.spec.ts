import { expect, test } from '../fixture.ts';
import { readMap } from '../start/map.ts';

/** In the order of the enum `Routine`: the host's SQL answers with the number of a variant. */
const ROUTINES = ['Patrol', 'Wander', 'Trade', 'Rest', 'PlayerControlled'];

test.describe('an empty world', () => {
  test.use({ founded: false });

  test('is founded from the map file and begins to tick', async ({ world }) => {
    const map = readMap();
    await world.call('found_world', [map]);
    expect(await world.sql('SELECT * FROM place')).toHaveLength(map.places.length);
    expect(await world.sql('SELECT * FROM exit')).toHaveLength(map.exits.length);
    expect(await world.sql('SELECT * FROM agent')).toHaveLength(map.agents.length);
    await expect.poll(async () => (await world.sql('SELECT * FROM clock'))[0]?.['tick']).toBeGreaterThan(1);
  });

  test('refuses a map with a dangling exit by name, and stays empty', async ({ world }) => {
    const map = readMap();
    const dangling = { ...map, exits: [...map.exits, { from: 'market', direction: 'up', to: 'moon' }] };
    await expect(world.call('found_world', [dangling])).rejects.toThrow(
      'exit "up" of "market" names the place "moon", which is not on the map',
    );
    expect(await world.sql('SELECT * FROM place')).toHaveLength(0);
    expect(await world.sql('SELECT * FROM world')).toHaveLength(0);
    await world.call('found_world', [map]);
  });

  test('is founded by its owner only', async ({ world }) => {
    const stranger = await world.account();
    await expect(world.call('found_world', [readMap()], stranger)).rejects.toThrow(
      'only the role Owner may found the world',
    );
  });
});

test('a second founding is refused and changes nothing', async ({ world }) => {
  const places = await world.sql('SELECT * FROM place');
  await expect(world.call('found_world', [readMap()])).rejects.toThrow('this world is founded already, as Spellkave');
  expect(await world.sql('SELECT * FROM place')).toEqual(places);
});

test('agents live by their routine: who patrols and trades keeps to the stops, who rests stays, who wanders walks', async ({
  world,
}) => {
  const placesOf = async () =>
    new Map((await world.sql('SELECT * FROM agent')).map((agent) => [Number(agent['id']), agent]));
  const before = await placesOf();
  await world.call('set_tempo', [50, 1, 0]);
  const routes = new Map((await world.sql('SELECT * FROM route')).map((row) => [row['id'], row['stops'] as number[]]));
  const tick = async () => Number((await world.sql('SELECT * FROM clock'))[0]?.['tick']);
  const first = await tick();
  await expect.poll(tick).toBeGreaterThan(first + 10);
  let wandered = 0;
  for (const [id, agent] of await placesOf()) {
    const routine = ROUTINES[(agent['routine'] as [number])[0]];
    if (routine === 'Wander') wandered += agent['place'] === before.get(id)?.['place'] ? 0 : 1;
    else expect(routes.get(agent['route'])?.[Number(agent['step'])]).toBe(agent['place']);
    if (routine === 'Rest') expect(agent['place']).toBe(before.get(id)?.['place']);
  }
  expect(wandered).toBeGreaterThan(0);
});

test('traders carry goods from stall to stall, and nothing is made or lost on the way', async ({ world }) => {
  const totals = async () => {
    const sums = new Map<unknown, number>();
    for (const row of await world.sql('SELECT * FROM holding'))
      sums.set(row['good'], (sums.get(row['good']) ?? 0) + Number(row['quantity']));
    return [...sums].sort();
  };
  const stock = async () => JSON.stringify(await world.sql('SELECT * FROM holding'));
  await world.call('pause_clock');
  const [held, sum] = [await stock(), await totals()];
  await world.call('set_tempo', [20, 1, 0]);
  await world.call('resume_clock');
  await expect.poll(stock).not.toBe(held);
  const tick = async () => Number((await world.sql('SELECT * FROM clock'))[0]?.['tick']);
  const first = await tick();
  await expect.poll(tick).toBeGreaterThan(first + 100);
  await world.call('pause_clock');
  expect(await totals()).toEqual(sum);
});
