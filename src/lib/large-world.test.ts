import { readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { someRun } from '../../claims/evidence.fixture.ts';
import { limitsOf, mostRegions, needsOf } from './large-world.ts';

const claim = (id: string, condition: string, figures: Record<string, number>) => ({
  id,
  evidence: {
    ...someRun(id),
    conditions: [
      {
        name: condition,
        label: condition,
        figures: Object.entries(figures).map(([name, value]) => ({ name, label: name, unit: '', value })),
      },
    ],
  },
});
const MEASURED = [
  claim('regions-scale', 'two', { each: 20_000 }),
  claim('tick-scale', 'living', { memory: 1_024 }),
  claim('log-growth', '10000', { day: 500, restart: 36_000 }),
  claim('audience', '10000x1', { bytes: 6_000 }),
  claim('border-time', 'crowd', { rate: 40 }),
];
const GIVEN = { memoryGiB: 16, mostRegions: 255 };
const valueOf = (name: string, rows: { name: string; value?: number }[]) =>
  rows.find((row) => row.name === name)?.value;

test('a million acting agents need as many regions as a region carries agents, and a core for each', () => {
  const needs = needsOf(1_000_000, MEASURED);
  expect([valueOf('regions', needs), valueOf('hosts', needs)]).toEqual([50, 25]);
});

test('memory, log, restart and watchers follow from what one agent or one load takes', () => {
  const needs = needsOf(1_048_576, MEASURED);
  expect(valueOf('memory', needs)).toBe(1);
  expect(valueOf('memory-idle', needs)).toBe(100);
  const million = needsOf(1_000_000, MEASURED);
  expect(valueOf('log', million)).toBe(50);
  expect(valueOf('writes', million)).toBeCloseTo((4 * 500_000) / 86_400);
  expect(valueOf('restart', million)).toBe(20);
  expect(valueOf('watcher', million)).toBe(600);
  expect(valueOf('crossings', million)).toBeCloseTo(12);
});

test('the limits come in the order in which a growing world meets them', () => {
  const limits = limitsOf(MEASURED, GIVEN);
  expect(limits.map(({ name }) => name)).toEqual(['restart', 'tick', 'disk', 'numbers', 'memory']);
  expect(valueOf('restart', limits)).toBe(1_000);
  expect(valueOf('numbers', limits)).toBe(5_100_000);
});

test('without a measurement a row has no value, keeps its sources, and comes last', () => {
  const known = MEASURED.filter(({ id }) => id !== 'regions-scale');
  const row = needsOf(1_000_000, known).find(({ name }) => name === 'regions');
  expect(row).toMatchObject({ from: ['regions-scale#two.each'] });
  expect(row?.value).toBeUndefined();
  expect(limitsOf(known, GIVEN).at(-1)?.value).toBeUndefined();
  expect(limitsOf(known, GIVEN)[0]?.name).toBe('restart');
});

test('every row names the evidence it rests on, and says how it was calculated', () => {
  for (const { from, how } of [...needsOf(1_000_000, MEASURED), ...limitsOf(MEASURED, GIVEN)]) {
    expect(from.length).toBeGreaterThan(0);
    for (const reference of from) expect(reference).toMatch(/^[a-z-]+#[\w.-]+$/);
    expect(how).not.toBe('');
  }
});

test('the module says how many regions it can number', () => {
  expect(mostRegions(readFileSync('spike/world/src/core/region.rs', 'utf8'))).toBe(255);
  expect(() => mostRegions('')).toThrow('has no LAST');
});
