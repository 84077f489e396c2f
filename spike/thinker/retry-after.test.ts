import { expect, test } from 'playwright/test';
import { retryAfterMs } from './retry-after.ts';

const wait = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), Date.UTC(2026, 0, 1));

test('reads seconds, a date and milliseconds', () => {
  expect(wait({ 'retry-after': '7' })).toBe(7_000);
  expect(wait({ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' })).toBe(30_000);
  expect(wait({ 'retry-after': '7', 'retry-after-ms': '250' })).toBe(250);
});

test('ignores a missing, past or invalid value, and waits at most ten minutes', () => {
  for (const said of ['soon', 'Wed, 31 Dec 2025 00:00:00 GMT']) expect(wait({ 'retry-after': said })).toBe(0);
  expect(wait({})).toBe(0);
  expect(wait({ 'retry-after': '999999' })).toBe(600_000);
});
