import { expect, test } from '../fixture.ts';
import { readMap } from '../start/map.ts';

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

test('agents patrol: after a while everybody has moved to a stop of their route', async ({ world }) => {
  await world.call('set_tempo', [50, 1, 0]);
  const routes = new Map((await world.sql('SELECT * FROM route')).map((row) => [row['id'], row['stops'] as number[]]));
  const [before] = await world.sql('SELECT * FROM clock');
  await expect
    .poll(async () => (await world.sql('SELECT * FROM clock'))[0]?.['tick'])
    .toBeGreaterThan(Number(before?.['tick']) + 10);
  for (const agent of await world.sql('SELECT * FROM agent')) {
    expect(routes.get(agent['route'])?.[Number(agent['step'])]).toBe(agent['place']);
  }
});
