import { TICK_LOG_SLOTS } from '../client/world-constants.ts';
import { expect, test, type TestWorld } from '../fixture.ts';

const clockOf = async (world: TestWorld) =>
  (await world.sql('SELECT * FROM clock'))[0] as Record<string, number | boolean>;
const tickOf = async (world: TestWorld) => Number((await clockOf(world))['tick']);
/** A time in the host's JSON, in microseconds since 1970. */
const microsOf = (cell: unknown) => Number((cell as [number])[0]);
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
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(await tickOf(world)).toBe(stopped);
  const { skipped } = await clockOf(world);
  await world.call('resume_clock');
  await expect.poll(() => tickOf(world)).toBeGreaterThan(stopped);
  // Two seconds of pause are twenty due times, and none of them counts as missed. A busy machine may miss a few others.
  expect(Number((await clockOf(world))['skipped']) - Number(skipped)).toBeLessThan(10);
});

test('a world that stands still for a reason tells everybody, and nobody acts or thinks until the clock is resumed', async ({
  world,
}) => {
  const nils = await world.player('Nils');
  const thinker = await world.account('Thinker');
  await world.call('ask', [0, 'Well?'], nils);
  await world.call('pause_clock_for', [' the disk is nearly full ']);
  expect(await world.sql('SELECT * FROM pause_notice')).toEqual([{ id: 0, reason: 'the disk is nearly full' }]);
  const stopped = await tickOf(world);
  for (const [reducer, args, who] of [
    ['act', [{ Say: 'Hello?' }], nils],
    ['ask', [1, 'Well?'], nils],
    ['join', ['Ada'], await world.account()],
  ] as const) {
    await expect(world.call(reducer, [...args], who)).rejects.toThrow(
      'the world stands still: the disk is nearly full',
    );
  }
  await world.call('lease', [1], thinker);
  expect((await world.sql('SELECT * FROM think_queue'))[0]).toMatchObject({ pending: 1, leased: 0 });
  expect(await tickOf(world)).toBe(stopped);

  await world.call('resume_clock');
  expect(await world.sql('SELECT * FROM pause_notice')).toEqual([]);
  await world.call('act', [{ Say: 'Hello!' }], nils);
  await world.call('lease', [1], thinker);
  expect((await world.sql('SELECT * FROM think_queue'))[0]).toMatchObject({ leased: 1 });
  await expect.poll(() => tickOf(world)).toBeGreaterThan(stopped);
});

test('a pause without a reason takes a notice away, and a reason has to be one short line', async ({ world }) => {
  await world.call('pause_clock_for', ['the disk is nearly full']);
  await world.call('pause_clock');
  expect(await world.sql('SELECT * FROM pause_notice')).toEqual([]);
  for (const wrong of ['', 'two\nlines', 'a'.repeat(281)])
    await expect(world.call('pause_clock_for', [wrong])).rejects.toThrow('use one line of 1 to 280 characters');
});

test('while nobody sets the system clock back, the time of the world is that of the system', async ({ world }) => {
  await expect.poll(() => tickOf(world)).toBeGreaterThan(3);
  await world.call('pause_clock');
  await world.call('resume_clock');
  await expect.poll(() => tickOf(world)).toBeGreaterThan(6);
  // A row is the lead over the system's clock.
  expect(await world.sql('SELECT * FROM clock_lead')).toEqual([]);
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

  test('the watchdog restarts a broken chain, and counts each due time that passed meanwhile', async ({ world }) => {
    const periodUs = 10_000;
    await world.call('set_tempo', [periodUs / 1_000, 1_000, 0]);
    const early = await tickOf(world);
    await expect.poll(() => tickOf(world)).toBeGreaterThan(early + 20);
    await world.call('lab_cut_chain');
    const cut = await tickOf(world);
    await expect.poll(() => tickOf(world)).toBeGreaterThan(cut + 5);
    await world.call('pause_clock');
    const { restarts, skipped } = await clockOf(world);
    expect(restarts).toBe(1);
    const log = (await world.sql('SELECT * FROM tick_log')).sort((a, b) => Number(a['tick']) - Number(b['tick']));
    const next = log.findIndex(({ tick }) => Number(tick) > cut);
    const [last, first] = [log[next - 1], log[next]];
    // The chain is due again a period after the watchdog ran.
    const standstillUs = microsOf(first?.['due']) - periodUs - microsOf(last?.['started']);
    const byTicks = log.reduce((sum, row) => sum + Number(row['skipped']), 0);
    expect(skipped).toBe(byTicks + Math.floor(standstillUs / periodUs));
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
