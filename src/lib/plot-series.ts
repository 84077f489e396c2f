import * as Plot from '@observablehq/plot';
import type { Check } from '../../claims/check.ts';
import type { Series } from '../../claims/series.ts';
import { number } from '../../claims/number.ts';
import { quantity } from './format.ts';
import { draw, roomForNumbers, WIDTHS, type Width } from './plot.ts';

/** A stretch of a run in which one thing was different, in seconds from its begin. */
export interface Phase {
  name: string;
  from: number;
  to: number;
}

/** The phases of a series: each lasts until the next one begins. */
export function phasesOf({ points }: Pick<Series, 'points'>): Phase[] {
  const phases: Phase[] = [];
  for (const { second, phase } of points) {
    const last = phases.at(-1);
    if (last?.name === phase) last.to = second;
    else phases.push({ name: phase, from: last?.to ?? 0, to: second });
  }
  return phases;
}

/** A figure over the time of a run, with its phases shaded in turn. @param limit where the figure has an upper one */
export function plotSeries(series: Series, limit: Check | undefined, width: Width = 'wide'): string {
  const { points, unit } = series;
  const most = Math.max(...points.map(({ value }) => value), limit?.limit ?? 0) * 1.25;
  const phases = phasesOf(series);
  return draw({
    width: WIDTHS[width],
    height: 220,
    marginLeft: roomForNumbers(most),
    marginRight: 20,
    x: { domain: [0, phases.at(-1)?.to ?? 0], label: 'seconds of the run →', ticks: width === 'narrow' ? 4 : 8 },
    y: { domain: [0, most], label: `↑ ${unit}`, ticks: 4, grid: true, tickFormat: number },
    marks: [
      Plot.rect(
        phases.filter((_, place) => place % 2 === 0),
        { x1: 'from', x2: 'to', y1: 0, y2: most, fill: 'var(--sl-color-gray-6)' },
      ),
      ...phaseNames(phases, most),
      ...(limit ? limitMarks(limit) : []),
      Plot.line(points, { x: 'second', y: 'value', stroke: 'var(--plot-subject)', strokeWidth: 2 }),
      Plot.dot(points, { x: 'second', y: 'value', r: 2.5, fill: 'var(--plot-subject)' }),
    ],
  });
}

/** Two rows in turn: on a narrow screen a short phase has less room than its name. */
function phaseNames(phases: Phase[], y: number): Plot.Markish[] {
  return [0, 1].map((row) =>
    Plot.text(
      phases.filter((_, place) => place % 2 === row),
      { x: 'from', y, text: 'name', dx: 6, dy: 10 + row * 16, textAnchor: 'start', fill: 'currentColor' },
    ),
  );
}

function limitMarks({ limit, unit }: Check): Plot.Markish[] {
  return [
    Plot.ruleY([limit], { stroke: 'var(--state-fails)', strokeWidth: 1.5 }),
    Plot.text([limit], {
      y: (value: number) => value,
      frameAnchor: 'right',
      text: () => `limit ${quantity(limit, unit)}`,
      fill: 'var(--state-fails)',
      dy: -9,
      textAnchor: 'end',
    }),
  ];
}

/** What the plot shows, for readers who cannot see it. */
export function describeSeries(series: Series): string {
  const parts = phasesOf(series).map(({ name, from, to }) => {
    const values = series.points
      .filter(({ phase, second }) => phase === name && second <= to)
      .map(({ value }) => value);
    const [first = NaN, last = NaN] = [values.at(0), values.at(-1)];
    return `With ${name}, from second ${number(Math.round(from))} to ${number(Math.round(to))}, from ${quantity(first, series.unit)} to ${quantity(last, series.unit)}, at most ${quantity(Math.max(...values), series.unit)}.`;
  });
  return [`${series.label} over the run.`, ...parts].join(' ');
}
