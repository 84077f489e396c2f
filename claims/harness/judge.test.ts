import { expect, test } from 'playwright/test';
import type { Check } from '../check.ts';
import type { Run } from '../evidence.ts';
import { someCheck } from '../evidence.fixture.ts';
import { ArmOf } from './arm.ts';
import { count, least, mean, samples } from './figures.ts';
import { full, verdictOf as judge } from './judge.ts';
import { distribution } from './statistics.ts';

const quiet = { p99Ms: 2, maxMs: 5 };
const busy = [
  { p99Ms: 80, maxMs: 90 },
  { p99Ms: 2, maxMs: 101 },
];
const broken = someCheck({ arm: 'control', name: 'missed', value: 9, comparison: 'at least', limit: 5 });
const whole = { ...broken, value: 0, ok: false };
const good = someCheck();
const bad = someCheck({ value: 11, ok: false });
const never = someCheck({ value: 1, limit: 0, comparison: 'exactly', loadProof: true, ok: false });
const distributionOf = (n: number) => [
  distribution({ arm: 'subject', label: 'a run', name: 'lateness', unit: 'ms' }, [new Array<number>(n).fill(1)]),
];

const verdictOf = (checks: Check[], pulse = quiet, kind: Run['kind'] = 'measured') =>
  judge({ checks, distributions: [] }, [quiet, pulse], kind);

/** An arm to which `add` gave some values. */
function arm() {
  return new ArmOf('subject', {
    lateness: samples('Lateness', 'ms', { subject: 'a run' }),
    missed: count('Ticks missed', 'ticks'),
    firstTick: mean('First tick', 'ms'),
    rate: least('Rate', 'thoughts/s'),
  }).figures;
}

test('a claim whose limits are kept and whose control is broken holds', () => {
  expect(verdictOf([good, broken])).toEqual({ verdict: 'holds', reason: '' });
});

test('a limit that is exceeded fails, and the reason names figure and limit', () => {
  expect(verdictOf([bad, broken])).toEqual({
    verdict: 'fails',
    reason: 'Lateness p99 was 11 ms, and should be at most 10 ms',
  });
});

test('a control that still passes fails the claim, even on a busy machine', () => {
  for (const pulse of [quiet, ...busy])
    expect(verdictOf([good, whole], pulse)).toMatchObject({
      verdict: 'fails',
      reason: expect.stringMatching(/^the control still passed: Lateness p99 was 0 ms/),
    });
});

test('load while the experiment idles makes good and bad figures inconclusive', () => {
  for (const pulse of busy)
    for (const check of [good, bad]) expect(verdictOf([check, broken], pulse).verdict).toBe('inconclusive');
});

test('load that the experiment causes is a result: the verdict ignores what the heartbeat saw meanwhile', () => {
  // Both idle windows were quiet, so a bad figure fails however late the heartbeat was during the run.
  expect(judge({ checks: [bad, broken], distributions: [] }, [quiet, quiet], 'measured').verdict).toBe('fails');
});

test('what must never happen fails on a busy machine too, and so does what was checked', () => {
  for (const pulse of busy) {
    expect(verdictOf([never, broken], pulse).verdict).toBe('fails');
    expect(verdictOf([bad, broken], pulse, 'checked').verdict).toBe('fails');
    expect(verdictOf([good, broken], pulse, 'checked').verdict).toBe('holds');
  }
});

test('fewer than 30 samples are inconclusive', () => {
  const verdictWith = (n: number) =>
    judge({ checks: [good, broken], distributions: distributionOf(n) }, [], 'measured');
  expect(verdictWith(29)).toEqual({ verdict: 'inconclusive', reason: 'only 29 samples of lateness (a run)' });
  expect(verdictWith(30).verdict).toBe('holds');
});

test('in a quick run an absolute limit is judged but does not decide', () => {
  const { missed } = arm();
  missed.add(3);
  const check = full(missed.exactly(0));
  expect(check).toMatchObject({ ok: false, gating: false });
  expect(verdictOf([check, good, broken]).verdict).toBe('holds');
});

test('a figure pools its rounds and keeps the value of each', () => {
  const { lateness, missed, firstTick, rate } = arm();
  const all = [lateness, missed, firstTick, rate];
  for (const values of [
    [1, 2, 3],
    [9, 9, 9],
  ]) {
    for (const figure of all) {
      figure.begin();
      figure.add(...values);
    }
  }
  expect(lateness.p50.atMost(6)).toMatchObject({ name: 'lateness.p50', value: 6, rounds: [2, 9], ok: true });
  expect(lateness.max.atMost(6)).toMatchObject({ label: 'Lateness, worst', value: 9, rounds: [3, 9], ok: false });
  expect(missed.atLeast(33)).toMatchObject({ name: 'missed', value: 33, rounds: [6, 27], ok: true });
  expect(firstTick.exactly(5.5)).toMatchObject({ name: 'first-tick', rounds: [2, 9], ok: true });
  expect(rate.atLeast(2)).toMatchObject({ value: 1, rounds: [1, 9], ok: false });
  expect(lateness.distribution).toMatchObject({
    n: 6,
    rounds: [
      { n: 3, max: 3 },
      { n: 3, p50: 9 },
    ],
  });
});

test('a limit on a figure that was never measured ends the run', () => {
  expect(() => arm().missed.never()).toThrow('missed has a limit and was never measured');
  expect(() => arm().lateness.p99.atMost(1)).toThrow('lateness.p99 has a limit and was never measured');
});

test('a value that is not a number ends the run', () => {
  expect(() => arm().firstTick.add(NaN)).toThrow('first-tick got NaN: add finite numbers');
});
