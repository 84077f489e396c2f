import { expect, test } from 'playwright/test';
import type { Condition } from './condition.ts';
import { SECOND, seriesOf } from './series.ts';

const moment = (name: string, second: number, rows: number): Condition => ({
  name,
  label: second < 5 ? 'no archivist' : 'an archivist',
  figures: [
    { name: SECOND, label: 'Time', value: second, unit: 's' },
    { name: 'rows', label: 'Rows', value: rows, unit: 'windows' },
  ],
});

test('moments become one series for each figure, in the order of time', () => {
  const [rows, ...others] = seriesOf([moment('b', 6, 1), moment('a', 2, 3)]);
  expect(others).toEqual([]);
  expect(rows).toMatchObject({ name: 'rows', label: 'Rows', unit: 'windows' });
  expect(rows?.points).toEqual([
    { second: 2, value: 3, phase: 'no archivist' },
    { second: 6, value: 1, phase: 'an archivist' },
  ]);
});

test('conditions without a time make no series, even if only one of them has none', () => {
  const { figures, ...rest } = moment('c', 9, 1);
  const timeless = { ...rest, figures: figures.slice(1) };
  expect(seriesOf([timeless])).toEqual([]);
  expect(seriesOf([moment('a', 2, 3), timeless])).toEqual([]);
  expect(seriesOf()).toEqual([]);
});
