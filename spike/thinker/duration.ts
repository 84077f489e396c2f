const UNIT_MS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** `20s`, `6m0s`, `1h2m3.5s`, `250ms`, `6 seconds`, `1 minute and 30 seconds`. */
const PART = /(\d+(?:\.\d+)?)\s*(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)(?![a-z])/gi;
const WHOLE = new RegExp(`^(?:${PART.source}(?:\\s|,|and)*)+$`, 'i');
/** A larger number is a moment: seconds since 1970 reached this in 2001, and milliseconds in 1970. */
const FIRST_MOMENT_S = 1e9;
const FIRST_MOMENT_MS = 1e12;

/**
 * A time to wait, in milliseconds, in any of the forms in which servers write one: a number of `unitMs`, a duration with
 * units, a moment as a number since 1970 or as a date.
 * @returns undefined for anything else, and for a moment that has passed
 */
export function durationMs(written: unknown, unitMs: number, now: number): number | undefined {
  const text = String(written).trim();
  const wait = /^\d+(\.\d+)?$/.test(text) ? numberMs(Number(text), unitMs, now) : (unitsMs(text) ?? dateMs(text, now));
  return wait !== undefined && Number.isFinite(wait) && wait >= 0 ? wait : undefined;
}

/** The pattern of a duration with units, for a text that has one somewhere. */
export const DURATION = `${PART.source}(?:(?:\\s|,|and)*${PART.source})*`;

function numberMs(number: number, unitMs: number, now: number): number {
  if (number >= FIRST_MOMENT_MS) return number - now;
  return number >= FIRST_MOMENT_S ? number * 1_000 - now : number * unitMs;
}

function unitsMs(text: string): number | undefined {
  if (!WHOLE.test(text)) return undefined;
  const parts = [...text.matchAll(PART)].map(([, amount, unit = '']) => Number(amount) * unitMsOf(unit.toLowerCase()));
  return parts.reduce((sum, part) => sum + part, 0);
}

function unitMsOf(unit: string): number {
  return UNIT_MS[/^(ms|milli)/.test(unit) ? 'ms' : unit.slice(0, 1)] ?? Number.NaN;
}

function dateMs(text: string, now: number): number | undefined {
  // `Date.parse` also takes texts such as "soon 1".
  return /^[a-z]{3,9},? (?:[a-z]{3} )? ?\d|^\d{4}-\d\d-\d\d/i.test(text) ? Date.parse(text) - now : undefined;
}
