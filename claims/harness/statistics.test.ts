import { expect, test } from 'playwright/test';
import { distribution, quantileOf, round } from './statistics.ts';

const named = { arm: 'subject', label: 'a run', name: 'lateness', unit: 'ms' } as const;

test('a distribution pools its rounds, whatever their order, and summarises each', () => {
  const found = distribution(named, [[3, 1, 2], [], [101, 5]]);
  expect(found).toMatchObject({ ...named, n: 5, p50: 3, max: 101 });
  expect(found.quantiles).toHaveLength(101);
  expect([found.quantiles[0], found.quantiles[50], found.quantiles[100]]).toEqual([1, 3, 101]);
  expect(found.rounds.map(({ n, p50, max }) => [n, p50, max])).toEqual([
    [3, 2, 3],
    [2, 53, 101],
  ]);
});

test('a quantile lies between two values where it falls between them', () => {
  expect(quantileOf([10, 20], 0.5)).toBe(15);
  expect(quantileOf([20, 10, 30], 1)).toBe(30);
});

test('figures are kept to a thousandth', () => {
  expect(round(1.23456)).toBe(1.235);
});
