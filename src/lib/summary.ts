import type { Check, Distribution, Run, Tally } from '../../claims/evidence.ts';
import { ARMS, type Arm } from './arm.ts';
import { limit } from './chip.ts';
import { number, quantity } from './format.ts';

/** The distributions of one figure, in the order of their arms. */
export interface Figure {
  name: string;
  unit: string;
  distributions: Distribution[];
  /** The subject's limit on this figure, if it has one. */
  check?: Check;
}

const byArm = (a: { arm: Arm }, b: { arm: Arm }) => ARMS.indexOf(a.arm) - ARMS.indexOf(b.arm);

/** The figures of a run; the one that the first check is about comes first, and is the one to draw. */
export function figuresOf(run: Run): Figure[] {
  const names = [...new Set(run.distributions.map(({ name }) => name))];
  const figures = names.map((name): Figure => {
    const distributions = run.distributions.filter((distribution) => distribution.name === name).sort(byArm);
    const unit = distributions[0]?.unit ?? '';
    const check = run.checks.find(
      (one) => one.arm === 'subject' && one.name.startsWith(`${name}.`) && one.unit === unit,
    );
    return { name, unit, distributions, ...(check && { check }) };
  });
  const rank = ({ check }: Figure) => (check ? run.checks.indexOf(check) : run.checks.length);
  return figures.sort((a, b) => rank(a) - rank(b));
}

export const talliesOf = (run: Run): Tally[] => [...run.tallies].sort(byArm);

/** What the plot of a figure shows, for those who do not see it. */
export function describeFigure({ name, distributions, check }: Figure): string {
  const curves = distributions.map(
    ({ arm, label, unit, n, p50, p99, max }) =>
      `${capital(arm)} (${label}, ${number(n)} values): half are at or below ${quantity(p50, unit)}, ` +
      `99 of 100 at or below ${quantity(p99, unit)}, and the largest is ${quantity(max, unit)}.`,
  );
  const limited = check ? [`Limit: ${check.says} ${limit(check)}.`] : [];
  return [`Distribution of ${name}.`, ...curves, ...limited].join(' ');
}

export function describeTallies(tallies: Tally[]): string {
  const said = tallies.map(({ arm, label, outcomes }) => {
    const counts = Object.entries(outcomes).map(([outcome, count]) => `${number(count)} ${outcome}`);
    return `${capital(arm)} (${label}): ${counts.join(', ')}.`;
  });
  return ['Outcomes.', ...said].join(' ');
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
