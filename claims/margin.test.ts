import { expect, test } from 'playwright/test';
import type { Check } from './check.ts';
import { someCheck } from './evidence.fixture.ts';
import { share, worstRound } from './margin.ts';

const check = (changes: Partial<Check>) => someCheck({ rounds: [], ...changes });

test('the worst round is the one nearest to the limit or furthest beyond it', () => {
  expect(worstRound(check({ comparison: 'at most', rounds: [2, 9, 3] }))).toBe(9);
  expect(worstRound(check({ comparison: 'at least', rounds: [2, 9, 3] }))).toBe(2);
  expect(worstRound(check({ comparison: 'exactly', limit: 5, rounds: [5, 1, 6] }))).toBe(1);
});

test('one round, or a count that is the sum of its rounds, has no worst round', () => {
  expect(worstRound(check({ value: 4, rounds: [4] }))).toBeUndefined();
  expect(worstRound(check({ comparison: 'at least', value: 45, limit: 45, rounds: [15, 15, 15] }))).toBeUndefined();
  expect(worstRound(check({ comparison: 'exactly', value: 0, limit: 0, rounds: [0, 0] }))).toBeUndefined();
});

test('a share says how much of its limit the worst round uses', () => {
  expect(share(check({ value: 3, limit: 10 }))).toBeCloseTo(0.3);
  expect(share(check({ value: 3, limit: 10, rounds: [1, 7, 2] }))).toBeCloseTo(0.7);
});

test('a ratio uses its limit from 1 on, or from 100 %', () => {
  expect(share(check({ unit: '×', value: 1.1, limit: 1.5 }))).toBeCloseTo(0.2);
  expect(share(check({ unit: 'windows', value: 1.09, limit: 1.2 }))).toBeCloseTo(0.45);
  expect(share(check({ unit: '%', value: 101, limit: 105 }))).toBeCloseTo(0.2);
  expect(share(check({ unit: '×', value: 0.9, limit: 1.5 }))).toBe(0);
  expect(share(check({ unit: '%', value: 40, limit: 80 }))).toBeCloseTo(0.5);
});

test('a count that must be met, or that only has to be large enough, has no share', () => {
  expect(share(check({ comparison: 'at least', value: 10, limit: 10 }))).toBeUndefined();
  expect(share(check({ comparison: 'exactly', value: 0, limit: 0 }))).toBeUndefined();
  expect(share(check({ comparison: 'at most', value: 0, limit: 0 }))).toBeUndefined();
});
