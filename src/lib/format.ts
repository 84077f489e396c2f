const integer = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
const precise = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });
const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const minute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** Counts stay exact. A measured figure keeps three or four digits, which is already more than its spread justifies. */
export function number(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return integer.format(value);
  if (Math.abs(value) >= 100) return tenth.format(value);
  // Rounded as `toFixed` rounds, so that a page and the headline of a run do not differ in the last digit.
  return precise.format(Number(value.toPrecision(3)));
}

export function quantity(value: number, unit: string): string {
  return unit ? `${number(value)}\u00a0${unit}` : number(value);
}

export const day = (moment: string | Date) => date.format(new Date(moment));

export const moment = (instant: string) => `${minute.format(new Date(instant))} UTC`;

export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 90 ? `${number(whole)} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

export function sentence(text: string): string {
  const trimmed = text.trim();
  return !trimmed || /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
