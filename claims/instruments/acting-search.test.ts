import { expect, test } from 'playwright/test';
import { keepsClock, lastKept } from './acting-search.ts';

const tick = (number: number, latenessMs = 1) => ({ number, latenessMs, startedMs: 0, skipped: 0 });
const DEMAND = { periodMs: 100, latenessMs: 10, ticks: 50, settle: 0 };

test('a clock is kept while at most one of its ticks is late and none is missed', () => {
  const punctual = Array.from({ length: 50 }, (_, index) => tick(index));
  expect(keepsClock([punctual, punctual], DEMAND)).toBe(true);
  expect(keepsClock([punctual, [...punctual.slice(2), tick(50, 11), tick(51, 12)]], DEMAND)).toBe(false);
  expect(keepsClock([punctual.filter(({ number }) => number !== 9)], DEMAND)).toBe(false);
});

for (const answer of [-1, 0, 7, 12])
  for (const before of [undefined, -1, 3, 12])
    test(`the last pace that is kept is ${answer}, whether ${before ?? 'none'} was the answer before`, async () => {
      expect(await lastKept(13, (index) => Promise.resolve(index <= answer), before)).toBe(answer);
    });
