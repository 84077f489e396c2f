import type { Check } from '../../claims/evidence.ts';
import type { Claim } from './claim.ts';

type Measured = Pick<Check, 'comparison' | 'value' | 'limit' | 'unit' | 'rounds'>;

/** The round that came closest to the limit, or went furthest beyond it; the only value where there was one round. */
export function worstOf({ comparison, value, limit, rounds }: Measured): number {
  const values = rounds.length > 0 ? rounds : [value];
  if (comparison === 'at most') return Math.max(...values);
  if (comparison === 'at least') return Math.min(...values);
  return values.reduce((worst, one) => (Math.abs(one - limit) > Math.abs(worst - limit) ? one : worst));
}

/**
 * Where a figure starts to use its limit. A duration or a count starts at 0. A ratio starts where nothing has changed:
 * at 1, or at 100 % where the limit itself is above 100 %.
 */
function zeroOf({ unit, limit }: Pick<Check, 'unit' | 'limit'>): number {
  if (unit === '×' || unit === 'windows') return limit > 1 ? 1 : 0;
  return unit === '%' && limit > 100 ? 100 : 0;
}

/** How much of an upper limit the worst round uses, from 0 to 1; nothing where the limit is not an upper one. */
export function share(check: Measured): number | undefined {
  const room = check.limit - zeroOf(check);
  if (check.comparison !== 'at most' || room <= 0) return undefined;
  return Math.max(0, worstOf(check) - zeroOf(check)) / room;
}

/** The gating figures of the mechanism itself. A control is meant to be far beyond its limit. */
export const gatesOf = ({ evidence }: Pick<Claim, 'evidence'>): Check[] =>
  evidence.verdict === 'not measured' ? [] : evidence.checks.filter(({ arm, gates }) => arm === 'subject' && gates);

/** The claim whose worst round comes closest to a limit: where a reader should doubt first. */
export function weakest(claims: readonly Claim[]): { claim: Claim; check: Check; share: number } | undefined {
  return claims
    .filter(({ state }) => state === 'holds')
    .flatMap((claim) =>
      gatesOf(claim).flatMap((check) => {
        const used = share(check);
        return used === undefined ? [] : [{ claim, check, share: used }];
      }),
    )
    .sort((a, b) => b.share - a.share)[0];
}
