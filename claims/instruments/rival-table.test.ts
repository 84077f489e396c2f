import { expect, test } from 'playwright/test';
import { RivalTable } from './rival-table.ts';
import type { Watched } from './rival-watched.ts';

const SLOW = { name: 'slow', label: 'Slow' };
const FAST = { name: 'fast', label: 'Fast' };
const CELL = { acting: 1_000, watchers: 10 };
const CROWD = { acting: 1_000, watchers: 50 };

const watched = (delays: number[], expected = delays.length): Watched => ({
  delays,
  expected,
  cpu: 1,
  watcherCpu: 1,
  sent: 1,
  logged: 1,
});

test('a factor divides the medians of both arms', () => {
  const table = new RivalTable();
  table.add(SLOW, CELL, watched([20, 30]));
  table.add(SLOW, CELL, watched([40]));
  table.add(FAST, CELL, watched([10, 10, 10]));
  expect(table.factors(SLOW, FAST, [CELL])?.figures).toMatchObject([{ name: '1000x10', value: 3 }]);
});

test('a load under which either arm fell behind has no factor, and is named as saturated', () => {
  for (const behind of [SLOW, FAST]) {
    const table = new RivalTable();
    for (const arm of [SLOW, FAST]) {
      table.add(arm, CELL, watched([10, 10]));
      table.add(arm, CROWD, arm === behind ? watched([9_000], 20) : watched([10, 10]));
    }
    const factors = table.factors(SLOW, FAST, [CELL, CROWD]);
    expect(factors?.figures.map(({ name }) => name)).toEqual(['1000x10']);
    expect(factors?.label).toBe('Slow against Fast, 1000x50 saturated');
    expect(table.conditions.filter(({ label }) => label.endsWith('(saturated)'))).toHaveLength(1);
  }
});

test('there is no factor where nothing can be compared', () => {
  const table = new RivalTable();
  table.add(SLOW, CELL, watched([], 20));
  table.add(FAST, CELL, watched([10, 10]));
  expect(table.factors(SLOW, FAST, [CELL])).toBeUndefined();
  expect(table.factors(SLOW, FAST, [CROWD])).toBeUndefined();
});
