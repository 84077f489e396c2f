import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until a condition holds, and tests it at least once.
 * @returns false when it still does not hold after `timeoutMs`
 */
export async function until(
  holds: () => boolean | Promise<boolean>,
  timeoutMs: number,
  everyMs = 50,
): Promise<boolean> {
  for (const end = performance.now() + timeoutMs; ; await sleep(everyMs)) {
    if (await holds()) return true;
    if (performance.now() >= end) return false;
  }
}
