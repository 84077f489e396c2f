import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../spike/until.ts';
import { bytesRead, processorMs } from './processor-time.ts';
import type { Audience, Cell, Running } from './rival-arms.ts';

const PERIOD_MS = 100;
const SETTLE_MS = 300;
/** A watcher that is so close behind the clock has its first copy behind it. */
const CURRENT_MS = 2 * PERIOD_MS;
const CATCH_UP_MS = 5_000;
/** Ticks that are still on their way at the end of the window have so long to arrive. */
const GRACE_MS = 300;

/** What one arm showed in one round. Times are in milliseconds, amounts are those of one tick. */
export interface Watched {
  /** From when a tick was due until the last watcher had decoded it; a tick that did not reach all is missing. */
  delays: number[];
  /** How many there would be, had every tick reached every watcher. */
  expected: number;
  cpu: number;
  watcherCpu: number;
  sent: number;
  logged: number;
}

/** Starts a world, watches so many of its ticks, and stops it. */
export async function watchTicks(
  arm: { run(cell: Cell): Promise<Running> },
  cell: Cell,
  ticks: number,
): Promise<Watched> {
  const running = await arm.run(cell);
  try {
    const audience = await running.watch();
    try {
      await catchUp(audience);
      return await measure(running, audience, ticks);
    } finally {
      await audience.stop();
    }
  } finally {
    await running.stop();
  }
}

async function measure(running: Running, audience: Audience, expected: number): Promise<Watched> {
  const used = async () => ({
    cpu: processorMs(...running.pids),
    watcherCpu: processorMs(audience.pid),
    sent: bytesRead(audience.pid),
    logged: await running.logged(),
  });
  const before = await used();
  const firstMs = performance.timeOrigin + performance.now();
  await sleep(expected * PERIOD_MS + GRACE_MS);
  const after = await used();
  const ticks = (performance.timeOrigin + performance.now() - firstMs) / PERIOD_MS;
  const perTick = (of: keyof typeof before) => (after[of] - before[of]) / ticks;
  const counts = ({ dueMs }: { dueMs: number }) => dueMs >= firstMs && dueMs < firstMs + expected * PERIOD_MS;
  return {
    delays: (await audience.report()).ticks.filter(counts).map(({ delayMs }) => delayMs),
    expected,
    cpu: perTick('cpu'),
    watcherCpu: perTick('watcherCpu'),
    sent: perTick('sent'),
    logged: perTick('logged'),
  };
}

/**
 * Waits until the watchers have worked off what they got at first. Where they never do, the world falls behind, and what
 * follows shows it.
 */
async function catchUp(audience: Audience): Promise<void> {
  await until(
    async () => (await audience.report()).ticks.some(({ delayMs }) => delayMs < CURRENT_MS),
    CATCH_UP_MS,
    SETTLE_MS,
  );
  await sleep(SETTLE_MS);
  await audience.report();
}
