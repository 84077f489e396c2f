import { expect, test } from 'playwright/test';
import { local, momentOf } from './moment.ts';

const micros = (ms: number) => BigInt(ms) * 1_000n;

test('a moment is so long ago, or a date', () => {
  expect(momentOf('since', '2h', 10_000_000)).toBe(micros(10_000_000 - 7_200_000));
  expect(momentOf('since', '2026-11-22T20:00:00Z')).toBe(micros(Date.UTC(2026, 10, 22, 20)));
  expect(momentOf('since', '2026-11-22')).toBe(micros(new Date(2026, 10, 22).getTime()));
});

test('what the history prints, it understands', () => {
  const moment = new Date(2026, 10, 22, 7, 5, 9);
  expect(local(moment)).toBe('2026-11-22 07:05:09');
  expect(momentOf('until', local(moment))).toBe(micros(moment.getTime()));
});

test('rejects what is not a moment, and says what would be one', () => {
  for (const text of ['soon', '', '5', '2h ago', '2026-13-01', '2026-11-22T25:00'])
    expect(() => momentOf('since', text), text).toThrow(
      `--since ${text} is not a moment: use 10m, 2h or 3d for a time ago, or a date such as`,
    );
});
