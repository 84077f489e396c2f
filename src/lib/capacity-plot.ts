import * as Plot from '@observablehq/plot';
import type { CapacityPoint, Workload } from './capacity.ts';
import { draw, labelled, WIDTHS } from './plot.ts';

/** A tenth of the period, and the whole of it. */
const LIMITS_MS = [10, 100];

/** Two claims with the same workload must not hide each other's names. */
const NAMED_AT = [
  { dx: -9, dy: -9, textAnchor: 'end' },
  { dx: 9, dy: 12, textAnchor: 'start' },
] as const;

/** The cost of a tick against the agents that act in it, on logarithmic axes, with the workloads of other claims as dots. */
export function plotCapacity(
  sweep: CapacityPoint[],
  workloads: Workload[],
  width: keyof typeof WIDTHS = 'wide',
): string {
  const last = sweep.slice(-1);
  const curve = (of: 'p50' | 'p99', strokeDasharray: string) => [
    Plot.line(sweep, { x: 'acting', y: of, stroke: 'var(--plot-subject)', strokeWidth: 2, strokeDasharray }),
    Plot.text(last, { x: 'acting', y: of, text: () => of, dx: 6, textAnchor: 'start', fill: 'var(--plot-subject)' }),
  ];
  return draw({
    width: WIDTHS[width],
    height: 340,
    marginLeft: 50,
    marginRight: 40,
    x: {
      type: 'log',
      label: 'agents that act in a tick →',
      tickFormat: labelled,
      ...(width === 'narrow' && { ticks: 4 }),
    },
    y: { type: 'log', label: '↑ cost of a tick (ms)', tickFormat: labelled, grid: true, nice: true },
    marks: [
      Plot.ruleY(LIMITS_MS, { stroke: 'var(--state-fails)', strokeDasharray: '4 3' }),
      Plot.text(LIMITS_MS, {
        y: (ms: number) => ms,
        frameAnchor: 'left',
        text: (ms: number) => `${ms}\u00a0ms`,
        dx: 6,
        dy: -7,
        textAnchor: 'start',
        fill: 'var(--state-fails)',
      }),
      ...curve('p99', '6 4'),
      ...curve('p50', 'none'),
      Plot.dot(sweep, { x: 'acting', y: 'p50', r: 2.5, fill: 'var(--plot-subject)' }),
      Plot.dot(workloads, { x: 'acting', y: 'p99', r: 5, symbol: 'diamond', fill: 'currentColor' }),
      ...workloads.map((workload, place) =>
        Plot.text([workload], {
          x: 'acting',
          y: 'p99',
          text: 'claim',
          fill: 'currentColor',
          stroke: 'var(--sl-color-bg)',
          ...NAMED_AT[place % 2],
        }),
      ),
    ],
  });
}
