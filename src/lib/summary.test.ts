import { expect, test } from 'playwright/test';
import { someCheck, someRun } from '../../claims/evidence.fixture.ts';
import { someDistribution } from './run.fixture.ts';
import { describeFigure, describeTallies, figuresOf, talliesOf } from './summary.ts';

const lateness = someDistribution();
const p99 = someCheck({ name: 'lateness.p99', value: lateness.p99, limit: 12 });

test('a figure has its arms in order and the limit on its own samples', () => {
  const control = someDistribution({ arm: 'control' }, 500);
  const [figure] = figuresOf(someRun('tick', { checks: [p99], distributions: [control, lateness] }));
  expect(figure).toEqual({ name: 'lateness', unit: 'ms', distributions: [lateness, control], check: p99 });
});

test('the figure of the first check comes first', () => {
  const roundtrip = someDistribution({ name: 'roundtrip' });
  const checks = [someCheck({ name: 'roundtrip.p99', value: roundtrip.p99 }), p99];
  const names = figuresOf(someRun('tick', { checks, distributions: [lateness, roundtrip] })).map(({ name }) => name);
  expect(names).toEqual(['roundtrip', 'lateness']);
});

test('a check of the same name on other samples, in another unit or of another arm is not drawn', () => {
  const figure = (changes: object) =>
    figuresOf(someRun('tick', { checks: [{ ...p99, ...changes }], distributions: [lateness] }))[0];
  expect(figure({ value: 3 })).toMatchObject({ elsewhere: { value: 3 } });
  expect(figure({ value: 3 })).not.toHaveProperty('check');
  for (const changes of [{ unit: '%' }, { arm: 'control' }, { name: 'lateness.mean' }, { name: 'late.p99' }]) {
    expect(figure(changes)).not.toHaveProperty('check');
    expect(figure(changes)).not.toHaveProperty('elsewhere');
  }
});

test('a figure is described with its quantiles and its limit', () => {
  expect(describeFigure({ name: 'lateness', unit: 'ms', distributions: [lateness], check: p99 })).toBe(
    'Distribution of lateness. Subject (10 agents, 1,050 values): half are at or below 5\u00a0ms, ' +
      '99 of 100 at or below 9.9\u00a0ms, and the largest is 10\u00a0ms. Limit: Lateness p99 at most 12\u00a0ms.',
  );
});

test('outcomes are described by arm, the subject first', () => {
  const tallies = talliesOf(
    someRun('tick', {
      tallies: [
        { arm: 'control', label: 'without the guard', outcomes: { committed: 45 } },
        { arm: 'subject', label: 'forged calls', outcomes: { refused: 1_200, committed: 0 } },
      ],
    }),
  );
  expect(describeTallies(tallies)).toBe(
    'Outcomes. Subject (forged calls): 1,200 refused, 0 committed. Control (without the guard): 45 committed.',
  );
});
