import { number } from '../../claims/number.ts';

const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const minute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

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
