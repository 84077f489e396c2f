import type { Evidence } from '../../claims/evidence.ts';
import { stateOf } from '../../claims/state.ts';
import { changesOf } from './change.ts';

/** One row per claim: id, state, headline, host, day. */
export function rowsOf(root: string, evidence: Evidence[]): string[][] {
  return evidence.map((one) => {
    const head = [one.claim, stateOf(root, one)];
    if (one.verdict === 'not measured') return [...head, one.reason, '', ''];
    return [...head, headlineOf(one), one.provenance.host, one.provenance.startedAt.slice(0, 10)];
  });
}

/** The evidence of a claim before and after it was measured. */
export interface Measured {
  claim: string;
  before: Evidence | undefined;
  after: Evidence | undefined;
}

/**
 * One row per claim that was just measured: id, state, headline, and what that changed.
 * @param began when this run began; older evidence is not its result
 */
export function measuredRow(root: string, { claim, before, after }: Measured, began: Date): string[] {
  if (!after) return [claim, 'no evidence', '', ''];
  if (isOlder(after, began)) return [claim, 'no new evidence', '', ''];
  return [claim, stateOf(root, after), headlineOf(after), changeOf(before, after)];
}

/** A claim that could not be measured has no time, so it counts as new. */
function isOlder(evidence: Evidence, moment: Date): boolean {
  return evidence.verdict !== 'not measured' && new Date(evidence.provenance.startedAt) < moment;
}

function headlineOf(evidence: Evidence): string {
  if (evidence.verdict === 'not measured') return evidence.reason;
  return evidence.reason ? `${evidence.headline}: ${evidence.reason}` : evidence.headline;
}

/** The change that matters most, and how many more there are. */
function changeOf(before: Evidence | undefined, after: Evidence): string {
  const [first, ...more] = changesOf(after.claim, before, after);
  if (!first) return 'as before';
  const rest = more.length > 0 ? `, and ${more.length} more` : '';
  return `${first.figure}: ${first.before} → ${first.after} (${first.judgement})${rest}`;
}
