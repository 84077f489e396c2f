import { expect, test } from 'playwright/test';
import { Pace } from './pace.ts';

const pace = () => new Pace(8, 5_000);

test('in normal mode it allows the concurrency at any time', () => {
  const normal = pace();
  normal.ended(0, 1_000);
  expect(normal.allows(1_000)).toBe(8);
});

test('in slow mode it allows one thought at a time, with a rest before each', () => {
  const slow = pace();
  slow.obey('Slow', 0);
  expect([slow.allows(4_999), slow.allows(5_000)]).toEqual([0, 1]);
  slow.ended(0, 6_000);
  expect([slow.allows(10_999), slow.allows(11_000)]).toEqual([0, 1]);
});

test('allows nothing while stopped, and the full concurrency afterwards', () => {
  const stopped = pace();
  stopped.obey('Stopped', 0);
  expect(stopped.allows(1_000_000)).toBe(0);
  stopped.obey('Normal', 1_000_000);
  expect(stopped.allows(1_000_000)).toBe(8);
});

test('leaves a mind alone as long as it asks, for at most ten minutes', () => {
  const busy = pace();
  busy.ended(2_000, 0);
  busy.ended(0, 0);
  expect([busy.allows(1_999), busy.allows(2_000)]).toEqual([0, 8]);
  busy.ended(86_400_000, 0);
  expect([busy.allows(599_999), busy.allows(600_000)]).toEqual([0, 8]);
});
