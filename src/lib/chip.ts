import type { Check } from '../../claims/check.ts';
import type { Run } from '../../claims/evidence.ts';
import type { State } from '../../claims/state.ts';
import { plain, type Claim } from './claim.ts';
import { day, quantity, sentence } from './format.ts';

/** The words of a chip. Shape, word and colour say the same, so that none of them is needed alone. */
export interface Chip {
  claim: string;
  state: State;
  shape: string;
  /** Heard before the word, and not seen: turns the chip into a sentence. */
  before: string;
  word: string;
  /** The few words next to the state; empty when nothing was measured. */
  figure: string;
  /** Shown on hover, on focus and in print: the reason, the limit, the host and the date. */
  details: string;
}

export const SHAPES: Record<State, string> = {
  holds: '●',
  fails: '✕',
  inconclusive: '◐',
  stale: '◌',
  'not measured': '○',
};

export function chipOf({ id, state, evidence }: Pick<Claim, 'id' | 'state' | 'evidence'>): Chip {
  const verb = state === 'holds' || state === 'fails' ? '' : 'is ';
  const chip = { claim: id, state, shape: SHAPES[state], before: `Claim ${id} ${verb}`, word: state };
  if (evidence.verdict === 'not measured') return { ...chip, figure: '', details: sentence(evidence.reason) };

  const { provenance } = evidence;
  const measured = `Measured ${day(provenance.startedAt)} on host ${provenance.host}.`;
  const parts = [staleness(state, evidence), sentence(evidence.reason), limitOf(evidence), measured];
  return { ...chip, figure: evidence.headline, details: parts.filter(Boolean).join(' ') };
}

/** The whole chip as one sentence: what a screen reader says and a plain-text reader sees. */
export function spoken(chip: Chip): string {
  return `${chip.before}${chip.word}${chip.figure && `: ${chip.figure}`}.`;
}

export function limit(check: Pick<Check, 'comparison' | 'limit' | 'unit'>): string {
  return `${check.comparison} ${quantity(check.limit, check.unit)}`;
}

function staleness(state: State, run: Run): string {
  if (state !== 'stale') return '';
  return `The sources have changed since the last run, whose verdict was “${run.verdict}”.`;
}

function limitOf(run: Run): string {
  const subject = run.checks.filter(({ arm }) => arm === 'subject');
  const check = subject.find(({ ok }) => !ok) ?? subject[0] ?? run.checks[0];
  return check ? sentence(`Limit: ${lowerFirst(plain(check.label))} ${limit(check)}`) : '';
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
