import { expect, test } from 'playwright/test';
import { until } from './until.ts';

test('returns true as soon as the condition holds', async () => {
  let tests = 0;
  expect(await until(() => ++tests === 3, 5_000, 1)).toBe(true);
  expect(tests).toBe(3);
});

test('tests the condition once without any time left, and returns false at the timeout', async () => {
  let tests = 0;
  expect(await until(() => ++tests === 0, 0)).toBe(false);
  expect(tests).toBe(1);
  expect(await until(() => Promise.resolve(false), 20, 5)).toBe(false);
});
