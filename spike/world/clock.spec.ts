import { TICK_LOG_SLOTS } from '../client/world-constants.ts';
import { expect, test, type TestWorld } from '../fixture.ts';

const clockOf = async (world: TestWorld) =>
  (await world.sql('SELECT * FROM clock'))[0] as Record<string, number | boolean>;
const tickOf = async (world: TestWorld) => Number((await clockOf(world))['tick']);
const tickCall = (number: number) => [{ scheduled_id: 0, scheduled_at: { Time: [0] }, number, due: [0] }];

test('a tick called by a client is refused, and the clock does not move by it', async ({ world }) => {
  for (const caller of [world.owner, await world.account(), await world.account('Thinker')]) {
    await expect(world.call('tick', tickCall(1_000_000), caller)).rejects.toThrow(
      "only the world's own scheduler may tick",
    );
  }
  expect(await tickOf(world)).toBeLessThan(1_000_000);
});

test('a paused clock stands still, and goes on where it stopped', async ({ world }) => {
  await world.call('pause_clock');
  const stopped = await tickOf(world);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await tickOf(world)).toBe(stopped);
  const { skipped } = await clockOf(world);
  await world.call('resume_clock');
  await expect.poll(() => tickOf(world)).toBeGreaterThan(stopped);
  // Half a second of pause is five due times, and none of them counts as missed.
  expect(Number((await clockOf(world))['skipped']) - Number(skipped)).toBeLessThan(5);
});

test('the tick log is a ring: it keeps the newest ticks and does not grow', async ({ world }) => {
  await world.call('set_tempo', [10, 30, 0]);
  await expect.poll(() => tickOf(world), { timeout: 30_000 }).toBeGreaterThan(1_300);
  const kept = (await world.sql('SELECT * FROM tick_log')).map((row) => Number(row['tick']));
  expect(kept.length).toBeLessThanOrEqual(TICK_LOG_SLOTS);
  expect(Math.max(...kept)).toBeGreaterThan(1_300);
});

for (const [tempo, reason] of [
  [[5, 1, 0], 'period_ms 5 is out of range: use 10 to 60000'],
  [[100, 0, 0], 'act_every 0 is out of range: use at least 1'],
] as const) {
  test(`the tempo ${tempo.join(', ')} is refused with a reason`, async ({ world }) => {
    await expect(world.call('set_tempo', [...tempo])).rejects.toThrow(reason);
  });
}

test.describe('in the lab', () => {
  test.use({ build: 'lab' });

  test('the watchdog restarts a broken chain', async ({ world }) => {
    await world.call('lab_cut_chain');
    const cut = await tickOf(world);
    await expect.poll(() => tickOf(world), { timeout: 5_000 }).toBeGreaterThan(cut + 5);
    expect((await clockOf(world))['restarts']).toBe(1);
  });

  test('a tick that comes a second time does nothing', async ({ world }) => {
    await world.call('lab_break', [{ ClockGuard: [] }, true]);
    await expect.poll(() => tickOf(world)).toBeGreaterThan(3);
    await world.call('pause_clock');
    const before = await clockOf(world);
    await world.call('tick', tickCall(2));
    expect(await clockOf(world)).toEqual(before);
    expect(await world.sql('SELECT * FROM tick_schedule')).toHaveLength(0);
  });

  test('after a hang the clock skips the ticks it missed and counts them', async ({ world }) => {
    await world.call('lab_spin', [1_000_000_000]);
    const skipped = (await world.sql('SELECT * FROM tick_log')).reduce((sum, row) => sum + Number(row['skipped']), 0);
    expect(skipped).toBeGreaterThan(0);
    expect((await clockOf(world))['skipped']).toBe(skipped);
  });
});
