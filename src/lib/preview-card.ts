import { number } from '../../claims/number.ts';
import { day, quantity } from './format.ts';
import type { Decision, KeyFigure } from './decision.ts';
import { countStates } from './state-counts.ts';
import { curvesOf, type StoppedMinds } from './stopped-minds.ts';

/** In pixels: what the sites that show previews of links ask for. */
export const SIZE = { width: 1_200, height: 630 };

const [INK, FAINT, LINE, ACCENT, LIMIT] = ['#17181c', '#545861', '#c0c2c7', '#4c33d4', '#b3261e'];

/** An element as Satori reads it. It lays out `div`s by flexbox and knows no other default. */
export interface Element {
  type: string;
  props: { style?: Record<string, string | number>; children?: Child[] | Child; [attribute: string]: unknown };
}
type Child = Element | string;

/** The preview of a link to this site: question, verdict, key figures, and the picture of the stopped minds. */
export function previewCard({ verdict, head, figures, claims }: Decision, minds: StoppedMinds): Element {
  const states = countStates(claims).map(({ count, word }) => `${count} ${word}`);
  return box(
    {
      ...SIZE,
      boxSizing: 'border-box',
      flexDirection: 'column',
      padding: '44px 56px',
      background: 'white',
      color: INK,
    },
    [
      text({ fontSize: 26, color: FAINT }, `Spellkave · decision of ${day(head.date)} · ${head.status}`),
      text({ fontSize: 34, marginTop: 14, color: FAINT }, 'Should this world run on SpacetimeDB?'),
      text({ fontSize: 50, marginTop: 6, fontWeight: 700, lineHeight: 1.15 }, `${verdict}.`),
      box({ marginTop: 30, flexGrow: 1, justifyContent: 'space-between' }, [
        box({ flexDirection: 'column', width: 500, gap: 16 }, figures.map(keyFigure)),
        picture(minds, figures[0]?.check.limit ?? 0),
      ]),
      text({ fontSize: 24, color: FAINT }, `${claims.length} claims: ${states.join(', ')}.`),
    ],
  );
}

function keyFigure({ says, check }: KeyFigure): Element {
  return box({ flexDirection: 'column' }, [
    text({ fontSize: 21, color: FAINT }, says),
    box({ fontSize: 32, alignItems: 'baseline', gap: 10 }, [
      text({ fontWeight: 700, color: ACCENT }, quantity(check.value, check.unit)),
      text({ fontSize: 24 }, `of ${quantity(check.limit, check.unit)} allowed`),
    ]),
  ]);
}

/** The clock stays flat while thoughts pile up. */
function picture(minds: StoppedMinds, limitMs: number): Element {
  const { lateness, waiting, stopped, yOf } = curvesOf(minds, limitMs);
  const limit = `<path d="M0 ${yOf(limitMs)}H1000" stroke="${LIMIT}" stroke-dasharray="14 10"/>`;
  return box({ flexDirection: 'column', width: 540, gap: 8 }, [
    text({ fontSize: 20, color: FAINT }, `Lateness of the clock; limit ${number(limitMs)} ms`),
    strip(lateness, stopped, limit),
    text({ fontSize: 20, color: FAINT }, 'Thoughts that wait; shaded: all minds stopped'),
    strip(waiting, stopped),
  ]);
}

function strip(curve: string, shade: { x: number; width: number }, limit = ''): Element {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 100" width="540" height="80" preserveAspectRatio="none" fill="none" stroke-width="3">` +
    `<rect x="${shade.x}" width="${shade.width}" height="100" fill="#eceef2"/>` +
    `${limit}<path d="${curve}" stroke="${ACCENT}"/><path d="M0 99H1000" stroke="${LINE}"/></svg>`;
  const src = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return { type: 'img', props: { src, width: 540, height: 80 } };
}

function box(style: Record<string, string | number>, children: Child[]): Element {
  return { type: 'div', props: { style: { display: 'flex', ...style }, children } };
}

const text = (style: Record<string, string | number>, words: string) => box(style, [words]);
