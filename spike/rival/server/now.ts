import type { Micros } from '../world/rows.ts';

/** The present moment. It never goes back while the process lives, whatever is done to the system's clock. */
export function nowMicros(): Micros {
  return Math.round((performance.timeOrigin + performance.now()) * 1_000);
}
