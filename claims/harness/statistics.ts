import { quantile } from '../../spike/client/quantile.ts';
import type { Distribution } from '../distribution.ts';

type Named = Pick<Distribution, 'arm' | 'label' | 'name' | 'unit'>;

/** Summarises values as evidence keeps them: few numbers, enough to draw the whole distribution, and each round's own. */
export function distribution(named: Named, rounds: number[][]): Distribution {
  const sorted = Float64Array.from(rounds.flat()).sort();
  return {
    ...named,
    ...summary(sorted),
    quantiles: Array.from({ length: 101 }, (_, percent) => round(quantile(sorted, percent / 100))),
    rounds: rounds.filter(({ length }) => length > 0).map((values) => summary(Float64Array.from(values).sort())),
  };
}

function summary(sorted: Float64Array): Distribution['rounds'][number] {
  const at = (q: number) => round(quantile(sorted, q));
  return { n: sorted.length, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}

/** A quantile of unsorted values. */
export function quantileOf(values: number[], q: number): number {
  return quantile(Float64Array.from(values).sort(), q);
}

/** Evidence is compared by people in diffs, and no figure here is known to more than a thousandth. */
export function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
