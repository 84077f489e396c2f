import { expect, test } from 'playwright/test';
import { someCheck, someRun } from '../../claims/evidence.fixture.ts';
import { historyEntryOf } from '../../claims/history.ts';
import { earlierValues, isOutside } from './noise.ts';

test('with fewer than three earlier runs nobody knows what is noise', () => {
  expect(isOutside(99, [3, 3.1])).toBeUndefined();
});

test('a value within the earlier runs, or close to them, is noise', () => {
  expect(isOutside(3, [2.8, 3.1, 4.3])).toBe(false);
  expect(isOutside(4.4, [2.8, 3.1, 4.3])).toBe(false);
});

test('a value beyond all earlier runs and their spread is not noise', () => {
  expect(isOutside(9, [2.8, 3.1, 4.3])).toBe(true);
  expect(isOutside(1, [2.8, 3.1, 3.2, 3])).toBe(true);
  expect(isOutside(1, [0, 0, 0])).toBe(true);
});

test('only earlier runs of the same experiment on the same machine count', () => {
  const run = someRun('tick');
  const [check = someCheck()] = run.checks;
  const at = (startedAt: string, changes: object = {}, experiment = 'e') =>
    historyEntryOf(someRun('tick', { experiment, provenance: { ...run.provenance, startedAt, ...changes } }));
  const history = [
    at('2026-11-20T00:00:00.000Z'),
    at('2026-11-20T01:00:00.000Z', { cpu: 'another' }),
    at('2026-11-20T02:00:00.000Z', { cores: 64 }),
    at('2026-11-20T03:00:00.000Z', {}, 'changed'),
    at('2026-11-20T04:00:00.000Z', { node: '26' }),
    at(run.provenance.startedAt),
    at('2026-12-01T00:00:00.000Z'),
  ];
  expect(earlierValues(history, run, check)).toEqual([check.value]);
});
