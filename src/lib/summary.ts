import type { Check } from '../../claims/check.ts';
import type { Distribution, Tally } from '../../claims/distribution.ts';
import type { Run } from '../../claims/evidence.ts';
import { ARMS, type Arm } from './arm.ts';
import { limit } from './chip.ts';
import { plain } from './claim.ts';
import { parseFigureName } from './figure-name.ts';
import { number } from '../../claims/number.ts';
import { quantity } from './format.ts';

/** The distributions of one quantity, in the order of their arms. */
export interface Figure {
  name: string;
  unit: string;
  distributions: Distribution[];
  /** The subject's limit on a quantile of these samples, if it has one. */
  check?: Check;
  /** A check that has the name of these samples but was made on others, so that the two show different figures. */
  elsewhere?: Check;
}

const byArm = (a: { arm: Arm }, b: { arm: Arm }) => ARMS.indexOf(a.arm) - ARMS.indexOf(b.arm);

/** The figures of a run. The one that the first check is about comes first: it is the one to draw. */
export function figuresOf(run: Run): Figure[] {
  const names = [...new Set(run.distributions.map(({ name }) => name))];
  const figures = names.map((name): Figure => {
    const distributions = run.distributions.filter((distribution) => distribution.name === name).sort(byArm);
    const unit = distributions[0]?.unit ?? '';
    const check = checkOf(run, name, unit);
    const subject = distributions.find(({ arm }) => arm === 'subject');
    if (!check || !subject) return { name, unit, distributions };
    return { name, unit, distributions, [isOfSamples(check, subject) ? 'check' : 'elsewhere']: check };
  });
  const rank = ({ check, elsewhere }: Figure) => {
    const first = check ?? elsewhere;
    return first ? run.checks.indexOf(first) : run.checks.length;
  };
  return figures.sort((a, b) => rank(a) - rank(b));
}

function checkOf(run: Run, name: string, unit: string): Check | undefined {
  return run.checks.find((check) => {
    const { samples, percent } = parseFigureName(check.name);
    return check.arm === 'subject' && samples === name && percent !== undefined && check.unit === unit;
  });
}

/** Whether a check on a quantile was made on the samples that are drawn. */
export function isOfSamples(check: Check, { quantiles }: Distribution): boolean {
  const { percent } = parseFigureName(check.name);
  return percent !== undefined && quantiles[percent] === check.value;
}

export const talliesOf = (run: Run): Tally[] => [...run.tallies].sort(byArm);

/** What the plot of a figure shows, for readers who cannot see it. */
export function describeFigure({ name, distributions, check }: Figure): string {
  const curves = distributions.map(
    ({ arm, label, unit, n, p50, p99, max }) =>
      `${capital(arm)} (${label}, ${number(n)} values): half are at or below ${quantity(p50, unit)}, ` +
      `99 of 100 at or below ${quantity(p99, unit)}, and the largest is ${quantity(max, unit)}.`,
  );
  const limited = check ? [`Limit: ${plain(check.label)} ${limit(check)}.`] : [];
  return [`Distribution of ${name}.`, ...curves, ...limited].join(' ');
}

export function describeTallies(tallies: Tally[]): string {
  const described = tallies.map(({ arm, label, outcomes }) => {
    const counts = Object.entries(outcomes).map(([outcome, count]) => `${number(count)} ${outcome}`);
    return `${capital(arm)} (${label}): ${counts.join(', ')}.`;
  });
  return ['Outcomes.', ...described].join(' ');
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
