import { expect, test } from 'playwright/test';
import { someRun } from '../../claims/evidence.fixture.ts';
import { historyEntryOf, type HistoryEntry } from '../../claims/history.ts';
import { trendOf } from './trend.ts';

const entry = (changes: Partial<HistoryEntry> = {}) => ({ ...historyEntryOf(someRun('tick')), ...changes });

test('the newest run comes first, with its figure and what changed since the run before', () => {
  const { machine } = entry();
  const rows = trendOf(
    [
      entry({ commit: 'a' }),
      entry({ commit: 'b', experiment: 'other' }),
      entry({ commit: 'c', experiment: 'other', machine: { ...machine, cores: 4 } }),
    ],
    'lateness.p99',
  );
  expect(rows.map(({ entry, changed }) => [entry.commit, ...changed])).toEqual([
    ['c', 'machine'],
    ['b', 'experiment'],
    ['a'],
  ]);
  expect(rows[0]?.figure).toMatchObject({ anchor: 'lateness.p99', value: 3.095 });
});

test('a run without the figure stays in the list', () => {
  expect(trendOf([entry({ figures: [] })], 'lateness.p99')).toMatchObject([{ figure: undefined }]);
});
