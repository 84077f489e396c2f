import { expect, test } from 'playwright/test';
import { Pace } from './pace.ts';

const pace = () => new Pace(8, 5_000);

test('a normal pace is the concurrency, whenever the last thought ended', () => {
  const normal = pace();
  normal.ended(0, 1_000);
  expect(normal.allows(1_000)).toBe(8);
});

test('slow is one thought at a time, and a rest before each', () => {
  const slow = pace();
  slow.obey('Slow', 0);
  expect([slow.allows(4_999), slow.allows(5_000)]).toEqual([0, 1]);
  slow.ended(0, 6_000);
  expect([slow.allows(10_999), slow.allows(11_000)]).toEqual([0, 1]);
});

test('stopped is none, and normal again is all of them at once', () => {
  const stopped = pace();
  stopped.obey('Stopped', 0);
  expect(stopped.allows(1_000_000)).toBe(0);
  stopped.obey('Normal', 1_000_000);
  expect(stopped.allows(1_000_000)).toBe(8);
});

test('a mind that wants to be left alone is, but for a minute at most', () => {
  const busy = pace();
  busy.ended(2_000, 0);
  busy.ended(0, 0);
  expect([busy.allows(1_999), busy.allows(2_000)]).toEqual([0, 8]);
  busy.ended(86_400_000, 0);
  expect([busy.allows(59_999), busy.allows(60_000)]).toEqual([0, 8]);
});
