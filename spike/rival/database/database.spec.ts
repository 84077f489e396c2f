import pg from 'pg';
import { expect, test } from 'playwright/test';
import { startPostgres } from '../postgres/postgres.ts';
import { readLoad } from '../server/load.ts';
import { DatabaseWorld } from './database-world.ts';

const SUMS = 'select good, sum(quantity)::int as sum from holding group by good order by good';

test('ticks in SQL move agents through exits alone, trade, and make or lose no piece of any good', async () => {
  const postgres = await startPostgres({ synchronousCommit: 'off' });
  const { world } = readLoad(['--living', '300']);
  const truth = await DatabaseWorld.create(await postgres.create('town'), 'off', world);
  const client = new pg.Client({ connectionString: postgres.urlOf('town') });
  try {
    await client.connect();
    const founded = await client.query<object>(SUMS);
    const purses = 'select holder, good, quantity from holding order by holder, good';
    const before = await client.query<object>(purses);
    for (let tick = 1; tick <= 20; tick++) {
      const { agents, from } = await truth.tick(tick, tick * 100);
      expect(agents.length).toBeGreaterThan(200);
      agents.forEach(({ place }, index) => {
        const ways = world.geography.exits[from[index] ?? -1]?.map(({ to }) => to) ?? [];
        expect([from[index], ...ways]).toContain(place);
      });
    }
    expect((await client.query<object>(purses)).rows).not.toEqual(before.rows);
    expect((await client.query<object>(SUMS)).rows).toEqual(founded.rows);
    expect((await truth.tick(20, 2_000)).agents).toEqual([]);
  } finally {
    await truth.close();
    await client.end();
    await postgres.stop();
  }
});
