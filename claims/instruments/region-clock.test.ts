import { expect, test } from 'playwright/test';
import { missedIn, ticksIn } from './region-clock.ts';

const tick = (number: number) => ({ number, latenessMs: 1, startedMs: 0, skipped: 0 });

test('rows of the log of ticks become ticks in their order, in milliseconds', () => {
  const row = (number: number) => ({ tick: number, started: [2_500], lateness_us: 1_500, skipped: 0 });
  expect(ticksIn([row(8), row(7)])).toEqual([
    { number: 7, startedMs: 2.5, latenessMs: 1.5, skipped: 0 },
    { number: 8, startedMs: 2.5, latenessMs: 1.5, skipped: 0 },
  ]);
});

test('a due time without a tick is missed, and no ticks miss none', () => {
  expect(missedIn([tick(3), tick(4), tick(7)])).toBe(2);
  expect(missedIn([])).toBe(0);
});
