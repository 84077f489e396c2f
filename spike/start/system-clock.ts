import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The pinned host panics at a start when a timer is due in more than 2.18 years. */
const MOST_BEHIND_MS = 2 * 365 * 86_400_000;

/**
 * Refuses a system clock that is years behind, such as 1970 on a machine whose clock has no battery: after a crash the
 * host would not start with it.
 * @throws Error with both dates when the world's folder was last written more than two years after `now`
 */
export function checkSystemClock(folder: string, now = new Date()): void {
  if (!existsSync(folder)) return;
  const written = Math.max(0, ...readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs));
  if (written - now.getTime() <= MOST_BEHIND_MS) return;
  const [today, last] = [now, new Date(written)].map((date) => date.toISOString().slice(0, 10));
  throw new Error(
    `The system's clock says ${today}, and the world in ${folder} was last written on ${last}: ` +
      'set the clock first, because the host does not start with one that is more than two years behind.',
  );
}
