import { expect, test } from 'playwright/test';
import { backOff } from './back-off.ts';

test('the wait doubles and never exceeds ten seconds', () => {
  const waits = [1, 2, 3, 4, 50].map((attempt) => backOff(attempt, () => 0));
  expect(waits).toEqual([250, 500, 1_000, 2_000, 10_000]);
});

test('the random cut is at most a half', () => {
  expect(backOff(3, () => 1)).toBe(500);
});
