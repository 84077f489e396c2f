import { expect, test } from 'playwright/test';
import { atLeast, atMost, countFigure, never, quantileFigure, verdictOf as judge, type Findings } from './judge.ts';
import { distribution } from './statistics.ts';

const verdictOf = (findings: Findings, pulse: typeof quiet, kind: 'measured' | 'checked' = 'measured') =>
  judge(findings, [pulse, quiet], kind);

const quiet = { p99Ms: 2, maxMs: 5 };
const figure = (arm: 'subject' | 'control', count: number) =>
  countFigure({ arm, name: 'missed', label: 'Ticks missed', unit: 'ticks' }, [count, 0]);
const good: Findings = { headline: '', checks: [atMost(figure('subject', 0), 0), atLeast(figure('control', 9), 5)] };
const samples = (n: number) =>
  distribution({ arm: 'subject', label: 'a run', name: 'lateness', unit: 'ms' }, [new Array<number>(n).fill(1)]);

test('a claim whose limits are kept and whose control is broken holds', () => {
  expect(verdictOf(good, quiet)).toEqual({ verdict: 'holds', reason: '' });
});

test('a limit that is exceeded fails, and the reason names figure and limit', () => {
  const findings = { ...good, checks: [atMost(figure('subject', 3), 0), ...good.checks.slice(1)] };
  expect(verdictOf(findings, quiet)).toEqual({
    verdict: 'fails',
    reason: 'Ticks missed was 3 ticks, and should be at most 0 ticks',
  });
});

test('a control that still passes fails the claim, even on a busy machine', () => {
  const findings = { ...good, checks: [atMost(figure('subject', 0), 0), atLeast(figure('control', 0), 5)] };
  for (const pulse of [quiet, { p99Ms: 80, maxMs: 300 }]) {
    expect(verdictOf(findings, pulse)).toMatchObject({
      verdict: 'fails',
      reason: expect.stringMatching(/^the control still passed: Ticks missed was 0 ticks/),
    });
  }
});

test('on an overloaded machine neither good nor bad figures decide', () => {
  const bad = { ...good, checks: [atMost(figure('subject', 3), 0), atLeast(figure('control', 9), 5)] };
  for (const findings of [good, bad]) {
    expect(verdictOf(findings, { p99Ms: 80, maxMs: 90 }).verdict).toBe('inconclusive');
    expect(verdictOf(findings, { p99Ms: 2, maxMs: 101 }).verdict).toBe('inconclusive');
  }
});

test('what must never happen fails on any machine, and so does what was checked', () => {
  const busy = { p99Ms: 80, maxMs: 300 };
  const doubled = { ...good, checks: [never(figure('subject', 1)), atLeast(figure('control', 9), 5)] };
  expect(verdictOf(doubled, busy).verdict).toBe('fails');
  const bad = { ...good, checks: [atMost(figure('subject', 3), 0), atLeast(figure('control', 9), 5)] };
  expect(verdictOf(bad, busy, 'checked').verdict).toBe('fails');
  expect(verdictOf(good, busy, 'checked').verdict).toBe('holds');
});

test('too few samples are inconclusive', () => {
  const findings = { ...good, distributions: [samples(29)] };
  expect(verdictOf(findings, quiet)).toEqual({
    verdict: 'inconclusive',
    reason: 'only 29 samples of lateness (a run)',
  });
  expect(verdictOf({ ...good, distributions: [samples(30)] }, quiet).verdict).toBe('holds');
});

test('in a quick run an absolute limit is judged but does not decide', () => {
  const check = atMost(figure('subject', 3), 0, 'full');
  expect(check).toMatchObject({ ok: false, gating: false });
  expect(verdictOf({ ...good, checks: [check, ...good.checks] }, quiet).verdict).toBe('holds');
});

test('a quantile is taken over the pooled rounds and shown for each', () => {
  const named = { arm: 'subject', name: 'lateness.p50', label: 'Lateness p50', unit: 'ms' } as const;
  expect(
    quantileFigure(
      named,
      [
        [1, 2, 3],
        [9, 9, 9],
      ],
      0.5,
    ),
  ).toMatchObject({ value: 6, rounds: [2, 9] });
});
