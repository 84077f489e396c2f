import { expect, test } from 'playwright/test';
import { momentOf } from './query.ts';

test('a moment is so long ago, or a date', () => {
  expect(momentOf('2h', 10_000_000)).toBe(10_000_000_000n - 7_200_000_000n);
  expect(momentOf('2026-11-22T20:00:00Z')).toBe(BigInt(Date.UTC(2026, 10, 22, 20)) * 1_000n);
});

test('what is no moment is refused with what would be one', () => {
  expect(() => momentOf('soon')).toThrow('"soon" is no moment: write 10m, 2h or 3d ago');
});
