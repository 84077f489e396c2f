import { expect, test } from 'playwright/test';
import { Recent, WINDOW_TICKS } from './recent.ts';

test('what was used is fresh again after ten minutes, and was fresh ten minutes before', () => {
  const recent = new Recent();
  recent.use('a line', 10_000);
  expect(recent.isFresh('another line', 10_000)).toBe(true);
  expect(recent.isFresh('a line', 10_000 + WINDOW_TICKS)).toBe(false);
  expect(recent.isFresh('a line', 10_000 + WINDOW_TICKS + 1)).toBe(true);
  expect(recent.isFresh('a line', 10_000 - WINDOW_TICKS)).toBe(false);
  expect(recent.isFresh('a line', 0)).toBe(true);
});

test('forgets the oldest when there is too much to remember', () => {
  const recent = new Recent();
  recent.use('kept by use', 1);
  for (let line = 0; line < 20_000; line++) {
    recent.use(`line ${line}`, 1);
    recent.use('kept by use', 1);
  }
  expect(recent.size).toBe(8_192);
  expect(recent.isFresh('line 0', 1)).toBe(true);
  expect(recent.isFresh('line 19999', 1)).toBe(false);
  expect(recent.isFresh('kept by use', 1)).toBe(false);
});
