const LONGEST_MS = 10 * 60_000;

/**
 * How long a provider asks to be left alone, in milliseconds; 0 by default. Reads both forms of the standard header,
 * seconds and a date, and the common `retry-after-ms`.
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterMs(headers: Headers | undefined, now = Date.now()): number {
  const exact = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  const said = headers?.get('retry-after') ?? '';
  const seconds = /^\d+(\.\d+)?$/.test(said) ? Number(said) * 1_000 : Date.parse(said) - now;
  const wait = Number.isFinite(exact) ? exact : seconds;
  return Number.isFinite(wait) ? Math.round(Math.min(LONGEST_MS, Math.max(0, wait))) : 0;
}
