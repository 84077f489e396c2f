import { expect, test } from '../fixture.ts';

/** In the order of the module's enum. */
const ROUTINES = ['Patrol', 'Wander', 'Trade', 'Rest', 'PlayerControlled'];

test('only traders trade by routine, and with the keepers of several stalls', async ({ world }) => {
  await world.call('pause_clock');
  const agents = await world.sql('SELECT * FROM agent');
  const those = (routine: string) =>
    agents.filter((agent) => ROUTINES[(agent['routine'] as [number])[0]] === routine).map(({ id }) => Number(id));
  const holdings = async () => {
    const rows = await world.sql('SELECT * FROM holding');
    const of = (holder: number) => rows.filter((row) => row['holder'] === holder).map((row) => JSON.stringify(row));
    return new Map(agents.map(({ id }) => [Number(id), of(Number(id)).sort().join()]));
  };
  const before = await holdings();
  await world.call('set_tempo', [20, 1, 0]);
  await world.call('resume_clock');
  const tick = async () => Number((await world.sql('SELECT * FROM clock'))[0]?.['tick']);
  const first = await tick();
  await expect.poll(tick, { timeout: 20_000 }).toBeGreaterThan(first + 100);
  await world.call('pause_clock');
  const after = await holdings();
  const changed = (ids: number[]) => ids.filter((id) => after.get(id) !== before.get(id));
  expect(changed([...those('Patrol'), ...those('Wander')])).toEqual([]);
  expect(changed(those('Trade')).length).toBeGreaterThan(2);
  expect(changed(those('Rest')).length).toBeGreaterThan(2);
});
