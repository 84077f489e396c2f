import type { State } from '../../claims/state.ts';
import type { ClaimSets } from './claim-sets.ts';

/** What a run was asked to measure. */
export interface Request {
  /** Claims that were named. They are measured even if they are fresh. */
  claims: string[];
  /** Sets that were named. */
  sets: string[];
  /** Measure fresh claims again. */
  force: boolean;
}

export interface Plan {
  measure: string[];
  /** Left out, because their evidence already speaks for the sources as they are. */
  fresh: string[];
}

/**
 * Decides what to measure. A run that was interrupted goes on where it stopped, because what it had measured is fresh.
 * @param stateOf the state of a claim's evidence; nothing where there is none
 * @throws Error naming a claim or set that does not exist, and those that do
 */
export function planOf(
  { claims, sets, force }: Request,
  known: ClaimSets,
  stateOf: (claim: string) => State | undefined,
): Plan {
  const all = [...new Set([...known.values()].flat())].sort();
  refuseUnknown('claim', claims, all);
  refuseUnknown('set', sets, [...known.keys()].sort());
  const whole = claims.length === 0 && sets.length === 0;
  const chosen = whole ? all : [...new Set([...claims, ...sets.flatMap((set) => known.get(set) ?? [])])].sort();
  const isFresh = (claim: string) => !force && !claims.includes(claim) && speaks(stateOf(claim));
  return { measure: chosen.filter((claim) => !isFresh(claim)), fresh: chosen.filter(isFresh) };
}

/** An inconclusive run decides nothing, so it is repeated. */
function speaks(state: State | undefined): boolean {
  return state === 'holds' || state === 'fails';
}

function refuseUnknown(what: 'claim' | 'set', named: string[], known: string[]): void {
  const unknown = named.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const is = unknown.length > 1 ? `are not ${what}s` : `is not a ${what}`;
  throw new Error(`${unknown.join(', ')} ${is}: use ${known.join(', ')}.`);
}
