import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '../fixture.ts';
import { findFakeTime } from '../host/system-clock.fixture.ts';
import { JumpingTown } from './jumping-town.fixture.ts';

/** From the jump until everything goes on: the watchdog's second, a back-off, the window, and a slow machine. */
const SECONDS = { timeout: 20_000 };
const HOUR_S = 3_600;

const library = findFakeTime();
test.skip(!library, 'libfaketime is not installed, and only it gives the host a clock of its own');

const JUMPS = [
  ['an hour back', -HOUR_S],
  ['an hour forward', HOUR_S],
  ['a year back', -365 * 24 * HOUR_S],
] as const;

const MOMENTS: Record<string, (town: JumpingTown, seconds: number) => Promise<void>> = {
  'while the host runs': (town, seconds) => Promise.resolve(town.clock.set(seconds)),
  'while the clock of the world is paused': async (town, seconds) => {
    await town.call('pause_clock');
    town.clock.set(seconds);
    // The scheduler's calls that wait already carry the old time, for at most a second.
    await sleep(1_500);
    await town.call('resume_clock');
  },
  'across a crash of the host': (town, seconds) => town.crashAndRestartAt(seconds),
};

for (const [title, seconds] of JUMPS) {
  for (const [when, jump] of Object.entries(MOMENTS)) {
    test(`the world goes on when the system's clock jumps ${title} ${when}`, async ({ binary, folder }) => {
      const town = new JumpingTown(binary, folder, library ?? '');
      try {
        await town.found();
        await town.ask(0);
        await town.say('Before.');
        const givenBack = { lease_epoch: 1, lease_owner: [1, []] };
        await expect.poll(() => town.sql('SELECT * FROM think_request')).toMatchObject([givenBack]);
        await expect.poll(() => town.tick()).toBeGreaterThan(10);
        const [tick, now] = [await town.tick(), await town.now()];

        await jump(town, seconds);
        town.isInspired = true;

        await expect.poll(() => town.tick(), SECONDS).toBeGreaterThan(tick + 20);
        await town.say('After.');
        await town.ask(1);
        await expect.poll(() => town.answersOf(1), SECONDS).toBe(1);
        // An hour later the first question is beyond its deadline.
        if (seconds < 0) await expect.poll(() => town.answersOf(0), SECONDS).toBe(1);
        await expect.poll(() => ['Before.', 'After.'].map((it) => town.archived(it)), SECONDS).toEqual([true, true]);
        expect(await town.now()).toBeGreaterThan(now);
        await expect.poll(() => town.lateness(), SECONDS).toBeLessThan(1_000);
      } finally {
        await town.close();
      }
    });
  }
}

test('a host that starts five years early after a crash loses nothing, and runs once its clock is right', async ({
  binary,
  folder,
}) => {
  const town = new JumpingTown(binary, folder, library ?? '');
  try {
    await town.found();
    await town.say('Before.');
    await expect.poll(() => town.archived('Before.'), SECONDS).toBe(true);
    const tick = await town.tick();
    // The pinned host panics on a timer of more than two years: `npm start` says so first (`spike/start/system-clock.ts`).
    await expect(town.crashAndRestartAt(-5 * 365 * 24 * HOUR_S)).rejects.toThrow('The host did not come up');
    await town.crashAndRestartAt(0);
    await expect.poll(() => town.tick(), SECONDS).toBeGreaterThan(tick + 10);
  } finally {
    await town.close();
  }
});
