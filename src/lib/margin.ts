import type { Check } from '../../claims/evidence.ts';
import type { Claim } from './claim.ts';

/** How much of its limit a figure uses, from 0 to 1; nothing where the limit is a count that must be met exactly. */
export function share({ comparison, value, limit }: Pick<Check, 'comparison' | 'value' | 'limit'>): number | undefined {
  if (comparison === 'at most' && limit > 0) return value / limit;
  if (comparison === 'at least' && value > 0) return limit / value;
  return undefined;
}

/** The gating figures of the mechanism itself; a control is meant to be far on the other side. */
export const gatesOf = ({ evidence }: Pick<Claim, 'evidence'>): Check[] =>
  evidence.verdict === 'not measured' ? [] : evidence.checks.filter(({ arm, gates }) => arm === 'subject' && gates);

/** The claim that holds by the least, and how much of its limit it uses: where a reader should doubt first. */
export function weakest(claims: readonly Claim[]): { claim: Claim; check: Check; share: number } | undefined {
  return claims
    .filter(({ state }) => state === 'holds')
    .flatMap((claim) =>
      // “At least” counts what was tried: a run that tries just enough is not weak.
      gatesOf(claim).flatMap((check) => {
        const used = check.comparison === 'at most' ? share(check) : undefined;
        return used === undefined ? [] : [{ claim, check, share: used }];
      }),
    )
    .sort((a, b) => b.share - a.share)[0];
}
