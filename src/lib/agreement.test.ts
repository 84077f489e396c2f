import { readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { parseEvidence, type Run } from '../../claims/evidence.ts';
import { chipOf } from './chip.ts';
import { ownFiles } from '../../spike/own-files.ts';
import { parseFigureName } from './figure-name.ts';
import { figuresOf, isOfSamples } from './summary.ts';

/** Every committed run, of other hosts too. What a chip, a page, a plot and a table show comes from these. */
const runs = ownFiles('.', 'evidence/**/*.json')
  .map((file) => ({ file, evidence: parseEvidence(readFileSync(file, 'utf8')) }))
  .flatMap(({ file, evidence }) => (evidence.verdict === 'not measured' ? [] : [{ file, run: evidence }]))
  .sort((a, b) => a.file.localeCompare(b.file));

/** At these commits the experiment judged half of the samples that it drew. The page says so. */
const JUDGED_HALF = ['memory-bounded at 72834cb', 'memory-bounded at dd0ff54'];

test('there is evidence of the pinned host and of another', () => {
  expect(runs.length).toBeGreaterThan(30);
});

for (const { file, run } of runs) {
  test(`${file}: chip, page, plot and table show the same figures of the same samples`, () => {
    for (const { quantiles, p50, p90, p99, max } of run.distributions)
      expect([quantiles[50], quantiles[90], quantiles[99], quantiles[100]]).toEqual([p50, p90, p99, max]);

    const drawn = figuresOf(run).filter(({ check }) => check);
    for (const { check, distributions } of drawn) {
      const subject = distributions.find(({ arm }) => arm === 'subject');
      expect(subject && check && isOfSamples(check, subject)).toBe(true);
    }
    for (const check of run.checks) {
      const { samples, percent } = parseFigureName(check.name);
      const same = run.distributions.find(
        ({ arm, name, unit }) => arm === check.arm && name === samples && unit === check.unit,
      );
      if (
        percent === undefined ||
        !same ||
        JUDGED_HALF.includes(`${run.claim} at ${run.provenance.commit.slice(0, 7)}`)
      )
        continue;
      expect(check.value, check.name).toBe(same.quantiles[percent]);
    }

    const shown = chipOf({ id: run.claim, state: run.verdict, evidence: run }).figure;
    expect(unexplained(shown, run)).toEqual([]);
  });
}

test('a chip whose figure is not in the evidence is found', () => {
  const [first] = runs;
  if (!first) throw new Error('there is no evidence');
  expect(unexplained('p99 123.4 ms of 987 ms', first.run)).toEqual(['123.4', '987']);
});

/** The numbers of a text that are not in the evidence as a figure, a limit, a count of rounds, a label or a ratio. */
function unexplained(text: string, run: Run): string[] {
  const known = [
    ...run.checks.flatMap(({ value, limit, rounds }) => [value, limit, rounds.length]),
    ...againstBaseline(run),
    tried(run),
    // The page shows them in the table of conditions.
    ...(run.conditions ?? []).flatMap(({ figures }) => figures.map(({ value }) => value)),
  ];
  const labels = [...run.distributions, ...run.tallies].map(({ label }) => label).join(' ');
  // `99 of 100` is the name of a quantile, not a figure.
  return [...text.replaceAll(/\b(?:99 of 100|9 of 10)\b/g, '').matchAll(/(?<![a-z\d])\d[\d,]*(?:\.\d+)?/g)]
    .map(([digits]) => digits)
    .filter((digits) => {
      const plain = digits.replaceAll(',', '');
      const decimals = plain.split('.')[1]?.length ?? 0;
      return !known.some((value) => value.toFixed(decimals) === plain) && !labels.includes(digits);
    });
}

/** How many cases the subject was tried on: every one has an outcome. */
function tried({ tallies }: Run): number {
  const counts = tallies.filter(({ arm }) => arm === 'subject').flatMap(({ outcomes }) => Object.values(outcomes));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** How many times the baseline each quantile is: what a claim that compares shows. */
function againstBaseline({ distributions }: Run): number[] {
  return distributions
    .filter(({ arm }) => arm === 'subject')
    .flatMap(({ name, p50, p99 }) => {
      const baseline = distributions.find((other) => other.arm === 'baseline' && other.name === name);
      return baseline ? [p50 / baseline.p50, p99 / baseline.p99] : [];
    });
}
