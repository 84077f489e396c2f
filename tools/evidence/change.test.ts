import { expect, test } from 'playwright/test';
import type { Check } from '../../claims/check.ts';
import { generated, SCHEMA, type Evidence } from '../../claims/evidence.ts';
import { someCheck, someRun } from '../../claims/evidence.fixture.ts';
import { changesOf } from './change.ts';

const planned: Evidence = {
  schema: SCHEMA,
  generated,
  claim: 'tick',
  verdict: 'not measured',
  reason: 'not yet',
  because: 'planned',
};
const withCheck = (changes: Partial<Check>) => someRun('tick', { checks: [someCheck(changes)] });

/** The change of one figure, as `before → after: judgement`. */
const judged = (before: Partial<Check>, after: Partial<Check>) =>
  changesOf('tick', withCheck(before), withCheck(after)).map(
    ({ before, after, judgement }) => `${before} → ${after}: ${judgement}`,
  );

test('reports nothing if the same figures are measured again', () => {
  const again = someRun('tick', { headline: 'p99 3.1 ms' });
  expect(changesOf('tick', someRun('tick'), again)).toEqual([]);
});

test('calls a change noise if the rounds overlap, and otherwise better or worse', () => {
  const before = { value: 3, rounds: [2, 3, 4] };
  expect(judged(before, { value: 3.9, rounds: [3.8, 3.9, 5] })).toEqual(['3 ms → 3.9 ms: noise']);
  expect(judged(before, { value: 6, rounds: [5, 6, 7] })).toEqual(['3 ms → 6 ms: worse']);
  expect(judged(before, { value: 1, rounds: [1, 1, 1] })).toEqual(['3 ms → 1 ms: better']);
});

test('more is better for a lower limit, and nearer is better for an exact one', () => {
  const least = { comparison: 'at least', limit: 1 } as const;
  const exact = { comparison: 'exactly', limit: 10, ok: false } as const;
  const [few, many] = [
    { value: 3, rounds: [3, 3] },
    { value: 8, rounds: [8, 8] },
  ];
  expect(judged({ ...least, ...few }, { ...least, ...many })).toEqual(['3 ms → 8 ms: better']);
  expect(judged({ ...exact, ...many }, { ...exact, ...few })).toEqual(['8 ms → 3 ms: worse']);
});

test('with one round a change is noise until it crosses the limit', () => {
  const before = { value: 3, rounds: [3] };
  expect(judged(before, { value: 9, rounds: [9] })).toEqual(['3 ms → 9 ms: noise']);
  expect(judged(before, { value: 11, rounds: [11], ok: false })).toEqual(['3 ms → 11 ms: worse']);
});

test('reports a limit that moved even if the figure stayed', () => {
  expect(judged({}, { limit: 20 })).toEqual(['at most 10 ms → at most 20 ms: limit changed']);
});

test('reports a claim that is new, gone or of another verdict in one line', () => {
  const run = someRun('tick');
  const fails = { ...run, verdict: 'fails' as const, headline: 'p99 11 ms of 10 ms' };
  const holds = 'holds, p99 3.1 ms of 10 ms';
  for (const [before, after, row] of [
    [undefined, run, { before: '–', after: holds, judgement: 'new' }],
    [run, undefined, { before: holds, after: '–', judgement: 'gone' }],
    [planned, run, { before: 'not measured', after: holds, judgement: 'verdict changed' }],
    [run, fails, { before: holds, after: 'fails, p99 11 ms of 10 ms', judgement: 'verdict changed' }],
  ] as const) {
    expect(changesOf('tick', before, after)).toEqual([{ claim: 'tick', figure: 'verdict', ...row }]);
  }
});

test('names the arm of a figure that came or went, puts what matters most first, and then judges no figure', () => {
  const [subject, control] = someRun('tick').checks;
  const before = someRun('tick', {
    checks: subject ? [{ ...subject, value: 3.09 }, someCheck({ name: 'n', label: 'N' })] : [],
  });
  const after = someRun('tick', { checks: subject && control ? [subject, control] : [] });
  expect(changesOf('tick', before, after).map(({ figure, judgement }) => `${figure}: ${judgement}`)).toEqual([
    'N: gone',
    'Lateness p99 (control): new',
    'Lateness p99: not comparable',
  ]);
});
