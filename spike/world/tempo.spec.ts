import { expect, test } from '../fixture.ts';

/** Ticks that the log keeps. */
const SLOTS = 1_200;
/** A time as the host's SQL gives it, in microseconds since 1970. */
const micros = (cell: unknown) => Number((cell as [number])[0]);

test('the clock has the tempo that the owner sets', async ({ world }) => {
  await world.call('set_tempo', [250, 7, 3]);
  const [clock] = await world.sql('SELECT * FROM clock');
  expect(clock).toMatchObject({ period_us: 250_000, act_every: 7, reflect_every: 3 });
});

test('each tick is logged in its slot, with its due time, its start and the time between them', async ({ world }) => {
  await world.call('set_tempo', [20, 30, 0]);
  const log = () => world.sql('SELECT * FROM tick_log');
  await expect.poll(async () => (await log()).length).toBeGreaterThan(20);
  for (const { slot, tick, due, started, lateness_us } of await log()) {
    expect(slot).toBe(Number(tick) % SLOTS);
    expect(micros(started) - micros(due)).toBe(lateness_us);
  }
});

test('the watchdog leaves a clock alone that runs, and one that is paused', async ({ world }) => {
  await world.call('set_tempo', [50, 30, 0]);
  // The watchdog looks once a second.
  const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1_000));
  await seconds(2.5);
  expect((await world.sql('SELECT * FROM clock'))[0]).toMatchObject({ restarts: 0 });
  await world.call('pause_clock');
  await seconds(2.5);
  expect(await world.sql('SELECT * FROM tick_schedule')).toEqual([]);
  expect((await world.sql('SELECT * FROM clock'))[0]).toMatchObject({ restarts: 0, paused: true });
});
