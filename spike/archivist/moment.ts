const UNITS_US: Record<string, bigint> = { s: 1_000_000n, m: 60_000_000n, h: 3_600_000_000n, d: 86_400_000_000n };
const AGO = /^(\d{1,6})([smhd])$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const DATE_AND_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/;

/**
 * A moment in microseconds since 1970: `90s`, `10m`, `2h` or `3d` ago, or an ISO date with or without a time, local
 * where it names no zone.
 * @throws Error that says what is understood
 */
// eslint-disable-next-line no-restricted-properties -- people name a moment by the system's clock
export function momentOf(option: string, text: string, now = Date.now()): bigint {
  const [, count, unit = ''] = AGO.exec(text) ?? [];
  const size = UNITS_US[unit];
  if (count && size) return BigInt(now) * 1_000n - BigInt(count) * size;
  // A date alone would be taken as UTC.
  const date = DATE.test(text) ? `${text}T00:00` : DATE_AND_TIME.test(text) ? text : '';
  const ms = Date.parse(date);
  if (Number.isNaN(ms))
    throw new Error(
      `--${option} ${text} is not a moment: use 10m, 2h or 3d for a time ago, or a date such as 2026-11-22T20:00.`,
    );
  return BigInt(ms) * 1_000n;
}

/** Local and sortable: `2026-11-22 20:00:05`. */
export function local(moment: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join('-');
  return `${day} ${[moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join(':')}`;
}
