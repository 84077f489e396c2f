const FIRST_MS = 250;
const LONGEST_MS = 10_000;

/**
 * How long to wait before attempt number `attempt + 1`. The wait doubles up to ten seconds. A random cut of up to a half
 * keeps clients that lost the same host from returning all at once.
 */
export function backOff(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempt - 1));
  return Math.round(full * (1 - random() / 2));
}
