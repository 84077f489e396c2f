import { expect, test } from 'playwright/test';
import { number } from '../../claims/number.ts';
import { day, duration, moment, quantity, sentence } from './format.ts';

test('counts stay exact and measured figures keep three or four digits', () => {
  expect([0, 45, 36_035, 4.263, 0.0184, 106.825, 1_171.866, -0.025].map(number)).toEqual([
    '0',
    '45',
    '36,035',
    '4.26',
    '0.0184',
    '106.8',
    '1,172',
    '-0.025',
  ]);
});

test('a unit never moves to the next line, and a figure without one stands alone', () => {
  expect(quantity(4.263, 'ms')).toBe('4.26\u00a0ms');
  expect(quantity(3, '')).toBe('3');
});

test('a day and a moment are in UTC', () => {
  expect(day('2026-11-25T23:59:59.000Z')).toBe('25 November 2026');
  expect(moment('2026-11-25T23:59:59.000Z')).toBe('25 November 2026 at 23:59 UTC');
});

test('a duration below a minute and a half is in seconds, and a longer one in minutes and seconds', () => {
  expect([1, 89, 90, 138, 3_599.6].map(duration)).toEqual(['1 s', '89 s', '1 min 30 s', '2 min 18 s', '60 min 0 s']);
});

test('a text ends like a sentence, once', () => {
  expect(['late', ' late. ', 'late?', ''].map(sentence)).toEqual(['late.', 'late.', 'late?', '']);
});
