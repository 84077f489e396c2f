import type { Condition } from '../../claims/condition.ts';
import * as Plot from '@observablehq/plot';
import { number } from '../../claims/number.ts';
import { draw, labelled, WIDTHS } from './plot.ts';

/** One way to run the world, as the claim rival-live names it. */
interface Rival {
  name: string;
  label: string;
  /** What a killed machine may lose, by the settings of the arm. */
  loss: (typeof LOSSES)[number];
  /** The name of the same code in the claim rival-size; absent where the arm covers only the tick and its fan-out. */
  code?: string;
}

const LOSSES = ['nothing', 'half a second', 'positions of 5 s', 'everything'] as const;

export const RIVALS: Rival[] = [
  { name: 'spacetimedb', label: 'SpacetimeDB 1.2.0', loss: 'half a second', code: 'spacetimedb' },
  { name: 'log', label: 'Game server, log', loss: 'half a second', code: 'log' },
  { name: 'rows', label: 'Game server, rows', loss: 'half a second', code: 'rows' },
  { name: 'write-behind', label: 'Game server, write-behind', loss: 'positions of 5 s', code: 'write-behind' },
  { name: 'database', label: 'PostgreSQL is the truth', loss: 'half a second' },
  { name: 'log-on', label: 'Game server, log, waits for the disk', loss: 'nothing', code: 'log' },
  { name: 'rows-on', label: 'Game server, rows, waits for the disk', loss: 'nothing', code: 'rows' },
  {
    name: 'write-behind-on',
    label: 'Game server, write-behind, waits for the disk',
    loss: 'positions of 5 s',
    code: 'write-behind',
  },
  { name: 'colyseus', label: 'Colyseus, in memory', loss: 'everything' },
];

export const CELLS = [
  { name: '1000x1', label: '1,000 acting, 1 watcher' },
  { name: '1000x10', label: '1,000 acting, 10 watchers' },
  { name: '1000x50', label: '1,000 acting, 50 watchers' },
  { name: '1000x50-place', label: '1,000 acting, 50 watchers of one place' },
  { name: '10000x1', label: '10,000 acting, 1 watcher' },
  { name: '10000x10-place', label: '10,000 acting, 10 watchers of one place' },
];

/** A figure of one arm under one load; absent where the arm fell behind or was not run. */
export function figureOf(conditions: Condition[], arm: string, cell: string, figure: string): number | undefined {
  const condition = conditions.find(({ name }) => name === `${arm}-${cell}`);
  return condition?.figures.find(({ name }) => name === figure)?.value;
}

export const wasRun = (conditions: Condition[], arm: string, cell: string): boolean =>
  conditions.some(({ name }) => name === `${arm}-${cell}`);

/** In pixels, on a narrow screen, where every arm has a line of its own. */
const LINE = 34;

/**
 * Latency against what a loss of power may cost, with 10 watchers of 1,000 acting. The area of a dot is our own code.
 * @param sizes conditions of the claim rival-size; without them all dots are equal
 */
export function plotRivals(
  conditions: Condition[],
  sizes: Condition[] = [],
  width: keyof typeof WIDTHS = 'wide',
): string {
  const dots = RIVALS.flatMap((rival): Dot[] => {
    const p50 = figureOf(conditions, rival.name, '1000x10', 'due.p50');
    return p50 === undefined ? [] : [{ ...rival, p50, lines: linesOf(sizes, rival) }];
  });
  return width === 'wide' ? plotWide(dots) : plotNarrow(dots);
}

/** The names of arms stand next to their dots, those with the same loss one below the other. */
function plotWide(dots: Dot[]): string {
  const placed = dots.map((dot) => {
    const row = sameLoss(dots, dot.loss);
    return { ...dot, y: LOSSES.indexOf(dot.loss) + row.indexOf(dot) / (row.length + 1) };
  });
  return draw({
    ...SCALES,
    width: WIDTHS.wide,
    height: 460,
    marginLeft: 110,
    marginRight: 260,
    y: { domain: [-0.2, LOSSES.length], reverse: true, axis: null },
    marks: [
      Plot.text(LOSSES, {
        y: (_: string, index: number) => index,
        frameAnchor: 'left',
        text: (loss: string) => loss,
        dx: -104,
        textAnchor: 'start',
        fill: 'currentColor',
      }),
      Plot.ruleY(LOSSES, {
        y: (_: string, index: number) => index - 0.15,
        stroke: 'currentColor',
        strokeOpacity: 0.25,
      }),
      Plot.dot(placed, DOT),
      Plot.text(placed, { x: 'p50', y: 'y', text: textOf, dx: 14, textAnchor: 'start', fill: 'currentColor' }),
    ],
  });
}

/** A heading for each loss, and below it each arm: its name, and its dot under the name. */
function plotNarrow(dots: Dot[]): string {
  const lines = LOSSES.flatMap((loss): (Dot | string)[] => [`may lose ${loss}:`, ...sameLoss(dots, loss)]);
  const at = (wanted: (line: Dot | string) => boolean) =>
    lines.flatMap((line, y) => (wanted(line) ? [{ line, y }] : []));
  const placed = at((line) => typeof line !== 'string').map(({ line, y }) => ({ ...(line as Dot), y }));
  const headings = at((line) => typeof line === 'string');
  return draw({
    ...SCALES,
    width: WIDTHS.narrow,
    height: lines.length * LINE + 60,
    marginLeft: 12,
    marginRight: 20,
    y: { domain: [-0.5, lines.length], reverse: true, axis: null },
    marks: [
      Plot.ruleY(headings, { y: ({ y }: { y: number }) => y - 0.4, stroke: 'currentColor', strokeOpacity: 0.25 }),
      Plot.text(headings, { ...LEFT, text: 'line', fontWeight: 600 }),
      Plot.dot(placed, { ...DOT, dy: 8 }),
      Plot.text(placed, { ...LEFT, text: (dot: Dot) => textOf(dot).replace('Game server, ', ''), dy: -8 }),
    ],
  });
}

const SCALES = {
  x: { type: 'log' as const, label: 'due time to the last watcher, p50 (ms, log) →', tickFormat: labelled, grid: true },
  r: { type: 'identity' as const },
};

const LEFT = { y: 'y', frameAnchor: 'left', dx: -8, textAnchor: 'start', fill: 'currentColor' } as const;

const DOT = {
  x: 'p50',
  y: 'y',
  r: ({ lines }: Dot) => radiusOf(lines),
  stroke: (dot: Dot) => colorOf(dot),
  fill: (dot: Dot) => (dot.code ? colorOf(dot) : 'none'),
};

const sameLoss = (dots: Dot[], loss: Rival['loss']): Dot[] =>
  dots.filter((dot) => dot.loss === loss).sort((a, b) => a.p50 - b.p50);

type Dot = Rival & { p50: number; lines: number | undefined };

const linesOf = (sizes: Condition[], { code }: Rival): number | undefined =>
  sizes.find(({ name }) => name === code)?.figures.find(({ name }) => name === 'own')?.value;

/** In pixels; the area grows with the lines. */
const radiusOf = (lines = 1_000): number => Math.sqrt(lines / 60);

const colorOf = ({ name }: Rival): string => (name === 'spacetimedb' ? 'var(--plot-subject)' : 'currentColor');

const textOf = ({ label, lines }: Dot): string => (lines === undefined ? label : `${label}: ${number(lines)} lines`);
