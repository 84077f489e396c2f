import type { Check } from './check.ts';

type Measured = Pick<Check, 'comparison' | 'value' | 'limit' | 'unit' | 'rounds'>;

/** The round closest to the limit or furthest beyond it; nothing if there was one round, or if the figure is their sum. */
export function worstRound({ comparison, value, limit, rounds }: Measured): number | undefined {
  if (rounds.length < 2 || isSum(value, rounds)) return undefined;
  if (comparison === 'at most') return Math.max(...rounds);
  if (comparison === 'at least') return Math.min(...rounds);
  return rounds.reduce((worst, one) => (Math.abs(one - limit) > Math.abs(worst - limit) ? one : worst));
}

/** A count over all rounds is their sum, and its limit is not one for a single round. */
function isSum(value: number, rounds: number[]): boolean {
  return Math.abs(rounds.reduce((sum, one) => sum + one, 0) - value) < 1e-6;
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
  return Math.max(0, (worstRound(check) ?? check.value) - zeroOf(check)) / room;
}
