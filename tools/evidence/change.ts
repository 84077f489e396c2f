import { anchorOf, type Check } from '../../claims/check.ts';
import type { Evidence } from '../../claims/evidence.ts';
import { areComparable, obstaclesOf } from './comparable.ts';

/** What a change of evidence means; the first matter most to a reviewer. */
export const JUDGEMENTS = [
  'verdict changed',
  'gone',
  'new',
  'limit changed',
  'worse',
  'better',
  'not comparable',
  'noise',
] as const;
export type Judgement = (typeof JUDGEMENTS)[number];

/** One thing that differs between two states of a claim's evidence. */
export interface Change {
  claim: string;
  /** `verdict`, or the figure in words. */
  figure: string;
  before: string;
  after: string;
  judgement: Judgement;
  /** Of a figure: what was measured before and after. */
  checks?: { before?: Check; after?: Check };
}

const NOTHING = '–';
/** These compare values, which makes sense only between runs of one experiment on one machine. */
const JUDGED: readonly Judgement[] = ['worse', 'better', 'noise'];
const NOT_COMPARABLE = { judgement: 'not comparable' as const };

/**
 * What has changed in one claim's evidence, what matters most first; at least one of the two is there. Figures of another
 * experiment or of another machine are listed and not judged.
 */
export function changesOf(claim: string, before: Evidence | undefined, after: Evidence | undefined): Change[] {
  const comparable = areComparable(obstaclesOf(claim, before, after));
  return [...changesOfVerdict(before, after), ...changesOfFigures(before, after)]
    .map((change) => ({ claim, ...change, ...(!comparable && JUDGED.includes(change.judgement) && NOT_COMPARABLE) }))
    .sort((a, b) => JUDGEMENTS.indexOf(a.judgement) - JUDGEMENTS.indexOf(b.judgement));
}

/** A verdict and its headline, e.g. `holds, p99 3.1 ms of 10 ms`. */
export function verdictOf(evidence: Evidence | undefined): string {
  if (!evidence) return NOTHING;
  return evidence.verdict === 'not measured' ? evidence.verdict : `${evidence.verdict}, ${evidence.headline}`;
}

type Difference = Omit<Change, 'claim'>;

function changesOfVerdict(before: Evidence | undefined, after: Evidence | undefined): Difference[] {
  if (before?.verdict === after?.verdict) return [];
  const judgement = !before ? 'new' : !after ? 'gone' : 'verdict changed';
  return [{ figure: 'verdict', before: verdictOf(before), after: verdictOf(after), judgement }];
}

/** Figures are compared only if the claim was measured both times. */
function changesOfFigures(before: Evidence | undefined, after: Evidence | undefined): Difference[] {
  const [old, now] = [checksOf(before), checksOf(after)];
  if (!old || !now) return [];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((anchor) =>
    changesOfCheck(old.get(anchor), now.get(anchor)),
  );
}

function changesOfCheck(before: Check | undefined, after: Check | undefined): Difference[] {
  const there = after ?? before;
  if (!there) return [];
  const figure = there.arm === 'subject' ? there.label : `${there.label} (${there.arm})`;
  if (!before || !after) {
    const judgement = after ? 'new' : 'gone';
    const checks = { ...(before && { before }), ...(after && { after }) };
    return [{ figure, before: valueOf(before), after: valueOf(after), judgement, checks }];
  }
  const checks = { before, after };
  const limits =
    limitOf(before) === limitOf(after)
      ? []
      : [{ figure, before: limitOf(before), after: limitOf(after), judgement: 'limit changed' as const, checks }];
  const values =
    before.value === after.value
      ? []
      : [{ figure, before: valueOf(before), after: valueOf(after), judgement: judge(before, after), checks }];
  return [...limits, ...values];
}

/**
 * Says whether a figure came nearer to what its limit asks for. If the rounds overlap, or one run has too few rounds to
 * show a spread, the difference is noise, unless the figure crossed its limit.
 */
function judge(before: Check, after: Check): Judgement {
  if (before.ok !== after.ok && limitOf(before) === limitOf(after)) return after.ok ? 'better' : 'worse';
  const few = Math.min(before.rounds.length, after.rounds.length) < 2;
  const apart =
    Math.min(...after.rounds) > Math.max(...before.rounds) || Math.max(...after.rounds) < Math.min(...before.rounds);
  if (few || !apart) return 'noise';
  return distance(after, after.value) < distance(after, before.value) ? 'better' : 'worse';
}

/** How far a value is from the best that its limit can ask for. */
export function distance({ comparison, limit }: Check, value: number): number {
  if (comparison === 'exactly') return Math.abs(value - limit);
  return comparison === 'at most' ? value : -value;
}

function checksOf(evidence: Evidence | undefined): Map<string, Check> | undefined {
  if (!evidence || evidence.verdict === 'not measured') return undefined;
  return new Map(evidence.checks.map((check) => [anchorOf(check), check]));
}

const valueOf = (check: Check | undefined) => (check ? `${check.value} ${check.unit}`.trim() : NOTHING);
const limitOf = ({ comparison, limit, unit }: Check) => `${comparison} ${limit} ${unit}`.trim();
