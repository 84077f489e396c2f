import { parseHTML } from 'linkedom';
import { expect, test } from 'playwright/test';
import { someRun } from '../../claims/evidence.fixture.ts';
import { actingAt, actingIn, sweepOf, workloadRows, workloadsOf } from './capacity.ts';
import { plotCapacity } from './capacity-plot.ts';
import { cite } from './cited.ts';
import { someDistribution } from './run.fixture.ts';
import { diskPerDay, livingIn, sizeRows } from './world-size.ts';

const figure = (name: string, value: number, unit = 'ms') => ({ name, label: name, unit, value });
const point = (acting: number, ms: number) => ({
  name: String(acting),
  label: `${acting} acting`,
  figures: [
    figure('acting', acting, 'agents'),
    figure('cost.p50', ms),
    figure('cost.p99', 2 * ms),
    figure('lateness.p99', 1),
    figure('missed', 0, '%'),
  ],
});
const SWEEP = sweepOf({ conditions: [point(1_000, 4), point(100, 1), point(10_000, 40)] });
const lively = { ...someDistribution(), name: 'cost', label: '100,000 living, 1,000 act' };
const claims = [
  { id: 'tick-scale', evidence: { ...someRun('tick-scale'), distributions: [lively] } },
  { id: 'tick-cadence', evidence: someRun('tick-cadence') },
];

test('the sweep is in order of the agents that act', () => {
  expect(SWEEP.map(({ acting, p50, p99 }) => [acting, p50, p99])).toEqual([
    [100, 1, 2],
    [1_000, 4, 8],
    [10_000, 40, 80],
  ]);
});

test('where the curve reaches a cost lies between the measured points, and nowhere outside them', () => {
  expect(actingAt(SWEEP, 2, 'p50')).toBeCloseTo(Math.sqrt(100 * 1_000));
  expect(actingAt(SWEEP, 40, 'p50')).toBeUndefined();
  expect(actingAt(SWEEP, 0.5, 'p50')).toBeUndefined();
});

test('a point without a figure that the page shows is an error that names it', () => {
  const broken = { ...point(100, 1), figures: [figure('acting', 100)] };
  expect(() => sweepOf({ conditions: [broken] })).toThrow('tick-capacity has no cost.p50 for 100');
});

for (const [words, acting] of [
  ['1,000 agents move in each tick', 1_000],
  ['a tick in which 1,000 of 10,000 act', 1_000],
  ['100,000 living, 10,000 act', 10_000],
  ['10,000 acting, one watcher', 10_000],
  ['a mind thinks', undefined],
] as const)
  test(`“${words}” means ${acting ?? 'no number of'} agents that act`, () => {
    expect(actingIn(words)).toBe(acting);
  });

test('a claim that costs time is a dot, and what was not measured is a row that says so', () => {
  expect(workloadsOf(claims)).toEqual([{ claim: 'tick-scale', acting: 1_000, p99: lively.p99 }]);
  const rows = workloadRows(claims);
  expect(rows.find(({ claim }) => claim === 'reducer-budget')).toEqual({ claim: 'reducer-budget' });
});

test('the picture has both curves, the lines at 10 and 100 ms, and the name of each dot, at both widths', () => {
  for (const width of ['wide', 'narrow'] as const) {
    const { document } = parseHTML(`<html><body>${plotCapacity(SWEEP, workloadsOf(claims), width)}</body></html>`);
    const texts = [...document.querySelectorAll('text')].map(({ textContent }) => textContent);
    expect(texts).toEqual(expect.arrayContaining(['p50', 'p99', '10\u00a0ms', '100\u00a0ms', 'tick-scale']));
    expect(document.querySelectorAll('[aria-label="line"]')).toHaveLength(2);
  }
});

test('a cited figure is a check, a figure of a condition or a quantile of the samples', () => {
  const measured = { ...someRun('tick'), conditions: [point(100, 1)], distributions: [lively] };
  const known = [{ id: 'tick', evidence: measured }];
  expect(cite('tick#100.cost.p50', known).found).toEqual({ value: 1, unit: 'ms' });
  const [check] = measured.checks;
  expect(cite(`tick#${check?.name}`, known).found).toEqual({ value: check?.value, unit: check?.unit });
  expect(cite('tick#cost.p90', known).found).toEqual({ value: lively.quantiles[90], unit: lively.unit });
});

test('a figure that nobody measured is absent, and so is one that a run lacks', () => {
  const planned = { schema: 2, generated: someRun('a').generated, claim: 'a', verdict: 'not measured' } as const;
  const known = [{ id: 'a', evidence: { ...planned, reason: 'not yet', because: 'planned' as const } }];
  expect(cite('a#x', known)).toEqual({ claim: 'a', figure: 'x', isClaim: true });
  expect(cite('nobody#x', known)).toEqual({ claim: 'nobody', figure: 'x', isClaim: false });
  expect(cite('tick#typo', [{ id: 'tick', evidence: someRun('tick') }]).found).toBeUndefined();
});

test('the size of a world is whatever its claims measured of memory, disk and restart', () => {
  const day = (value: number) => ({ ...figure('day', value, 'GB'), label: 'Log of a day, extrapolated' });
  const grows = (name: string, acting: string, value: number) => ({
    name,
    label: `${acting} acting`,
    figures: [day(value)],
  });
  const growth = {
    ...someRun('log-growth'),
    conditions: [grows('30', '30', 0.5), grows('10000', '10,000', 200), grows('1000', '1,000', 20)],
  };
  const known = [{ id: 'log-growth', evidence: growth }];
  expect(sizeRows(known).map(({ claim, figures }) => [claim, figures.length])).toEqual([
    ['tick-capacity', 0],
    ['tick-scale', 0],
    ['log-growth', 3],
  ]);
  expect(diskPerDay(known)?.value).toBe(20);
  expect(diskPerDay([])).toBeUndefined();
});

test('half of a memory holds the agents that 100,000 measured ones leave room for', () => {
  const run = someRun('tick-capacity');
  const [check] = run.checks;
  const memory = { ...check!, arm: 'subject' as const, name: 'memory', value: 64, unit: 'MiB' };
  expect(livingIn(1, [{ id: 'tick-capacity', evidence: { ...run, checks: [memory] } }])).toBe(800_000);
  expect(livingIn(1, [])).toBeUndefined();
});
