const FIRST_MS = 250;
const LONGEST_MS = 10_000;

/**
 * How long to wait before attempt number `attempt + 1`: doubles up to ten seconds, and is cut by up to a half at
 * random, so that clients which lost the same host do not return in one wave.
 */
export function backOff(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempt - 1));
  return Math.round(full * (1 - random() / 2));
}
