import type { Check } from '../../claims/check.ts';
import { share } from '../../claims/margin.ts';
import type { Claim } from './claim.ts';

/** The gating figures of the mechanism itself. A control is meant to be far beyond its limit. */
export const gatesOf = ({ evidence }: Pick<Claim, 'evidence'>): Check[] =>
  evidence.verdict === 'not measured' ? [] : evidence.checks.filter(({ arm, gating }) => arm === 'subject' && gating);

/** The claim whose worst round comes closest to a limit: where a reader should doubt first. */
export function weakest(claims: readonly Claim[]): { claim: Claim; check: Check; share: number } | undefined {
  return claims
    .filter(({ state, evidence }) => state === 'holds' || (state === 'stale' && evidence.verdict === 'holds'))
    .flatMap((claim) =>
      gatesOf(claim).flatMap((check) => {
        const used = share(check);
        return used === undefined ? [] : [{ claim, check, share: used }];
      }),
    )
    .sort((a, b) => b.share - a.share)[0];
}
