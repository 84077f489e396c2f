import { anchorOf } from '../../claims/check.ts';
import { citableIn } from '../../claims/citable.ts';
import type { Run } from '../../claims/evidence.ts';
import type { Claim } from './claim.ts';

/** A figure of evidence as a page names it: `claim#figure`. */
export interface Cited {
  claim: string;
  figure: string;
  /** Absent where no run has measured it. */
  found?: { value: number; unit: string };
  /** Whether the claim has a page. */
  isClaim: boolean;
}

/** A figure of a claim with its words, for tables that show whatever a claim has. */
export interface Worded {
  anchor: string;
  label: string;
  value: number;
  unit: string;
}

/** Every figure of the mechanism itself that a citation can name: checks first, then the conditions. */
export function wordedFigures({ checks, conditions = [] }: Pick<Run, 'checks' | 'conditions'>): Worded[] {
  const own = checks.filter(({ arm }) => arm === 'subject');
  return [
    ...own.map((check) => ({ anchor: anchorOf(check), label: check.label, value: check.value, unit: check.unit })),
    ...conditions.flatMap(({ name, label, figures }) =>
      figures.map((figure) => ({
        anchor: `${name}.${figure.name}`,
        label: `${figure.label}, ${label}`,
        value: figure.value,
        unit: figure.unit,
      })),
    ),
  ];
}

/**
 * Finds a figure by its name: a check, a figure of a condition, or a quantile of the subject’s samples. A measured claim
 * without it counts as not measured here, and `npm run lint:figures` rejects the name.
 */
export function cite(reference: string, claims: readonly Pick<Claim, 'id' | 'evidence'>[]): Cited {
  const [claim = '', figure = ''] = reference.split('#');
  const evidence = claims.find(({ id }) => id === claim)?.evidence;
  if (!evidence) return { claim, figure, isClaim: false };
  const found = evidence.verdict === 'not measured' ? undefined : figureIn(evidence, figure);
  return { claim, figure, isClaim: true, ...(found && { found }) };
}

function figureIn(run: Run, name: string): Cited['found'] {
  const figure = citableIn(run).find(({ anchor }) => anchor === name);
  return figure && { value: figure.value, unit: figure.unit };
}
