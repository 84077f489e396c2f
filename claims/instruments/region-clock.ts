import type { Tick } from '../harness/lab.ts';

/** Rows of `tick_log`, in the order of their ticks. */
export function ticksIn(rows: Record<string, unknown>[]): Tick[] {
  return rows
    .map((row) => ({
      number: Number(row['tick']),
      startedMs: Number((row['started'] as [number])[0]) / 1_000,
      latenessMs: Number(row['lateness_us']) / 1_000,
      skipped: Number(row['skipped']),
    }))
    .sort((one, other) => one.number - other.number);
}

/** Due times that passed without a tick. */
export function missedIn(ticks: Tick[]): number {
  const [first, last] = [ticks[0], ticks.at(-1)];
  return first && last ? last.number - first.number + 1 - ticks.length : 0;
}
