import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Check } from '../../claims/check.ts';
import type { Distribution, Tally } from '../../claims/distribution.ts';
import { parseFigureName } from './figure-name.ts';
import { number } from '../../claims/number.ts';
import { quantity } from './format.ts';

/** Pixels left of a vertical axis for its numbers, which go up to `most`. */
export const roomForNumbers = (most: number): number => Math.max(50, 12 + 8 * number(Math.ceil(most)).length);

/** In pixels: for a page with room, and for the screen of a phone. */
export const WIDTHS = { wide: 720, narrow: 340 };
export type Width = keyof typeof WIDTHS;

const STROKES = {
  subject: { color: 'var(--plot-subject)', dash: 'none', width: 2.5 },
  baseline: { color: 'currentColor', dash: '2 4', width: 1.5 },
  control: { color: 'var(--plot-other)', dash: '6 4', width: 1.5 },
};

/** The shares at which curves are named: even where curves overlap, their names do not. */
const LABEL_AT = { subject: 60, baseline: 35, control: 50 };

/** If another curve is this many times wider, the subject would be a vertical line on a linear axis. */
const LOG_RATIO = 20;

/** The share of values at or below each value, one curve for each arm, with the limit drawn where it applies. */
export function plotDistributions(distributions: Distribution[], limit?: Check, width: Width = 'wide'): string {
  const { name = '', unit = '' } = distributions[0] ?? {};
  const log = needsLog(distributions);
  const floor = Math.min(...distributions.flatMap(({ quantiles }) => quantiles.filter((value) => value > 0)));
  const curves = distributions.map(({ arm, quantiles }) => ({
    arm,
    points: quantiles.map((value, share) => ({ value: log ? Math.max(value, floor) : value, share })),
  }));
  return draw({
    width: WIDTHS[width],
    height: 300,
    marginLeft: 50,
    // Half of the last number of the axis.
    marginRight: 30,
    x: {
      type: log ? 'log' : 'linear',
      label: `${name} (${unit}${log ? ', logarithmic' : ''}) →`,
      nice: true,
      ...(width === 'narrow' && { ticks: 4 }),
      ...(log && { tickFormat: labelled }),
    },
    y: { domain: [0, 100], label: '↑ share at or below (%)', ticks: 5, grid: true },
    marks: [
      Plot.ruleY([0], { stroke: 'currentColor' }),
      ...(limit ? limitMarks(limit, isRightOf(limit.limit, distributions, log)) : []),
      ...curves.flatMap(({ arm, points }) => [
        Plot.line(points, {
          x: 'value',
          y: 'share',
          stroke: STROKES[arm].color,
          strokeWidth: STROKES[arm].width,
          strokeDasharray: STROKES[arm].dash,
        }),
        Plot.text(points.slice(LABEL_AT[arm], LABEL_AT[arm] + 1), {
          x: 'value',
          y: 'share',
          text: () => arm,
          fill: STROKES[arm].color,
          dx: 8,
          textAnchor: 'start',
          fontWeight: 600,
        }),
      ]),
    ],
  });
}

/** How often each outcome was seen, as bars with their counts. On a narrow screen their names stand above them. */
export function plotTallies(tallies: Tally[], width: Width = 'wide'): string {
  const bars = tallies.flatMap(({ arm, label, outcomes }) =>
    Object.entries(outcomes).map(([outcome, count]) => ({ arm, key: `${label}: ${outcome}`, count })),
  );
  const longest = Math.max(...bars.map(({ key }) => key.length));
  // Words next to a bar have room for a short name only, and on a narrow screen a long one takes two lines.
  const above = width === 'narrow' || longest > 38;
  const lineWidth = width === 'narrow' ? 24 : 52;
  const lines = longest > lineWidth * 1.8 ? 2 : 1;
  const rowHeight = above ? 32 + lines * 16 : 28;
  const dy = above ? lines * 8 : 0;
  return draw({
    width: WIDTHS[width],
    height: 8 + bars.length * rowHeight,
    marginTop: 4,
    marginBottom: 4,
    marginLeft: above ? 2 : 280,
    marginRight: 60,
    x: { axis: null },
    y: { domain: bars.map(({ key }) => key), label: null, tickSize: 0, ...(above && { axis: null }) },
    marks: [
      Plot.barX(bars, {
        x: 'count',
        y: 'key',
        fill: ({ arm }: { arm: Tally['arm'] }) => STROKES[arm].color,
        insetTop: above ? 6 + lines * 16 : 3,
        insetBottom: 3,
      }),
      ...(above
        ? [
            Plot.text(bars, {
              x: 0,
              y: 'key',
              text: 'key',
              dy: lines * 16 + 3 - rowHeight / 2,
              lineAnchor: 'bottom',
              lineWidth,
              textAnchor: 'start',
              fill: 'currentColor',
            }),
          ]
        : []),
      Plot.text(bars, {
        x: 'count',
        y: 'key',
        text: ({ count }: { count: number }) => quantity(count, ''),
        dx: 6,
        dy,
        textAnchor: 'start',
        fill: 'currentColor',
      }),
      Plot.ruleX([0], { stroke: 'currentColor' }),
    ],
  });
}

/** On a logarithmic axis only 1, 2 and 5 of each power of ten have room for a number. */
export function labelled(value: number): string {
  return /^[125]e/.test(value.toExponential()) ? number(value) : '';
}

/** A limit on a quantile is kept if the curve passes that share before it reaches the limit. */
function limitMarks(limit: Check, isRight: boolean): Plot.Markish[] {
  const { percent } = parseFigureName(limit.name);
  return [
    ...(percent === undefined ? [] : [Plot.ruleY([percent], { stroke: 'var(--state-fails)', strokeDasharray: '1 3' })]),
    Plot.ruleX([limit.limit], { stroke: 'var(--state-fails)', strokeWidth: 1.5 }),
    Plot.text([limit.limit], {
      x: (value: number) => value,
      frameAnchor: 'top',
      text: () => `limit ${quantity(limit.limit, limit.unit)}`,
      fill: 'var(--state-fails)',
      dx: isRight ? -6 : 6,
      dy: -12,
      textAnchor: isRight ? 'end' : 'start',
    }),
  ];
}

/** Whether a value lies in the right half of the plot, where there is no room for words to its right. */
function isRightOf(value: number, distributions: Distribution[], log: boolean): boolean {
  const values = [value, ...distributions.flatMap(({ quantiles }) => quantiles)].filter((one) => !log || one > 0);
  const place = (one: number) => (log ? Math.log(one) : one);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return place(value) - place(least) > (place(most) - place(least)) / 2;
}

function needsLog(distributions: Distribution[]): boolean {
  const subject = distributions.find(({ arm }) => arm === 'subject') ?? distributions[0];
  const widest = Math.max(...distributions.map(({ p99 }) => p99));
  return subject !== undefined && subject.p99 > 0 && widest / subject.p99 > LOG_RATIO;
}

/** An SVG for a page, hidden from assistive technology: the figure around it carries the text alternative. */
export function draw(options: Plot.PlotOptions): string {
  const { document } = parseHTML('<html><body></body></html>');
  const svg = Plot.plot({
    marginTop: 30,
    marginBottom: 40,
    style: { fontSize: '13px' },
    ...options,
    document,
  });
  svg.setAttribute('aria-hidden', 'true');
  svg.removeAttribute('role');
  return svg.outerHTML;
}
