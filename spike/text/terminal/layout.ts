import stringWidth from 'string-width';
import { plainText } from '../../client/plain-text.ts';

/** A text in rows, and where in them the cursor is. */
export interface Layout {
  rows: string[];
  /** The cursor's row, counted from 0. */
  row: number;
  /** What stands before the cursor in its row. */
  before: string;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Breaks a text into rows of at most `width` cells, each at the end of a character as people see it.
 * @param cursor index into the text, in UTF-16 units
 */
export function layOut(text: string, cursor: number, width: number): Layout {
  const rows = [''];
  let cells = 0;
  let at: Pick<Layout, 'row' | 'before'> | undefined;
  for (const { segment, index } of graphemes.segment(text)) {
    const shown = plainText(segment);
    const needs = cellsOf(shown);
    if (cells + needs > width && cells > 0) {
      rows.push('');
      cells = 0;
    }
    const row = rows.length - 1;
    if (index + segment.length > cursor) at ??= { row, before: rows[row] ?? '' };
    rows[row] += shown;
    cells += needs;
  }
  return { rows, ...(at ?? { row: rows.length - 1, before: rows.at(-1) ?? '' }) };
}

/** The most cells that a terminal may use: some draw a family of emoji in two cells, others each of its members. */
function cellsOf(shown: string): number {
  return Math.max(
    stringWidth(shown),
    [...shown].reduce((sum, each) => sum + stringWidth(each), 0),
  );
}
