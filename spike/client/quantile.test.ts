import { expect, test } from 'playwright/test';
import { quantile } from './quantile.ts';

test('quantiles interpolate between neighbours and end at the extremes', () => {
  expect([0, 0.5, 0.9, 1].map((q) => quantile([10, 20, 30, 40], q))).toEqual([10, 25, 37, 40]);
});

test('one value is every quantile, and no value gives NaN', () => {
  expect(quantile([7], 0.99)).toBe(7);
  expect(quantile([], 0.5)).toBeNaN();
});
