import type { Distribution } from '../../claims/distribution.ts';

/** Samples spread evenly from 0 to `max`. */
export function someDistribution(changes: Partial<Distribution> = {}, max = 10): Distribution {
  const quantiles = Array.from({ length: 101 }, (_, percent) => (percent / 100) * max);
  const at = (percent: number) => quantiles[percent] ?? 0;
  return {
    arm: 'subject',
    label: '10 agents',
    name: 'lateness',
    unit: 'ms',
    n: 1_050,
    p50: at(50),
    p90: at(90),
    p99: at(99),
    max,
    quantiles,
    rounds: [],
    ...changes,
  };
}
