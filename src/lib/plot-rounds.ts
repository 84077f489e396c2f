import * as Plot from '@observablehq/plot';
import type { Check } from '../../claims/check.ts';
import { number } from '../../claims/number.ts';
import { quantity } from './format.ts';
import { draw, roomForNumbers, WIDTHS, type Width } from './plot.ts';
import type { TrendRow } from './trend.ts';

const LIMIT = 'var(--state-fails)';
const SUBJECT = 'var(--plot-subject)';

/** Every round of a figure as a dot, with its limit: one kill, one restart, one repetition. */
export function plotRounds({ rounds, limit, unit }: Check, width: Width = 'wide'): string {
  const most = Math.max(limit, ...rounds);
  return draw({
    width: WIDTHS[width],
    height: 110,
    marginLeft: 20,
    marginRight: 30,
    x: { domain: [Math.min(0, ...rounds), most * 1.02], label: `${unit} →`, ticks: width === 'narrow' ? 4 : 8 },
    marks: [
      Plot.ruleX([limit], { stroke: LIMIT, strokeWidth: 1.5 }),
      limitWords(limit, unit, limit > most / 2),
      Plot.dot(
        rounds,
        Plot.dodgeY({ x: (value: number) => value, anchor: 'bottom', r: 5, fill: SUBJECT, fillOpacity: 0.75 }),
      ),
    ],
  });
}

/** The figure of each full run, oldest first; a ring marks a run whose experiment or machine was another than before. */
export function plotTrend(rows: TrendRow[], width: Width = 'wide'): string {
  const points = rows.toReversed().flatMap(({ entry, figure, changed }, index) =>
    figure
      ? [
          {
            run: index + 1,
            value: figure.value,
            rounds: figure.rounds,
            isOther: changed.length > 0,
            date: entry.date,
          },
        ]
      : [],
  );
  const { limit = 0, unit = '' } = rows.find(({ figure }) => figure)?.figure ?? {};
  // The axis ends at a round number, which may be the next with one more digit.
  const top = 2 * Math.max(limit, ...points.flatMap(({ value, rounds }) => [value, ...rounds]));
  const spread = points.flatMap(({ run, rounds }) => rounds.map((value) => ({ run, value })));
  return draw({
    width: WIDTHS[width],
    height: 200,
    marginLeft: roomForNumbers(top),
    marginRight: 20,
    x: { domain: [0.5, rows.length + 0.5], ticks: points.map(({ run }) => run), tickFormat: String, label: 'run →' },
    y: { zero: true, label: `↑ ${unit}`, ticks: 4, grid: true, tickFormat: number, nice: true },
    marks: [
      Plot.ruleY([limit], { stroke: LIMIT, strokeWidth: 1.5 }),
      Plot.text([limit], {
        y: (value: number) => value,
        frameAnchor: 'right',
        text: () => `limit ${quantity(limit, unit)}`,
        fill: LIMIT,
        dy: -9,
        textAnchor: 'end',
      }),
      Plot.dot(spread, { x: 'run', y: 'value', r: 2.5, fill: 'var(--plot-other)' }),
      Plot.dot(points, {
        x: 'run',
        y: 'value',
        r: 5,
        stroke: SUBJECT,
        fill: ({ isOther }: { isOther: boolean }) => (isOther ? 'var(--sl-color-bg)' : SUBJECT),
      }),
    ],
  });
}

function limitWords(limit: number, unit: string, isRight: boolean): Plot.Markish {
  return Plot.text([limit], {
    x: (value: number) => value,
    frameAnchor: 'top',
    text: () => `limit ${quantity(limit, unit)}`,
    fill: LIMIT,
    dx: isRight ? -6 : 6,
    dy: -12,
    textAnchor: isRight ? 'end' : 'start',
  });
}
