import { layOut } from './layout.ts';

/** The size of a terminal, in cells. */
export interface Size {
  columns: number;
  rows: number;
}

/**
 * The line that is being typed, below everything that was printed. Its methods return what to write to the terminal.
 *
 * It breaks rows itself instead of letting the terminal wrap them: then it knows how many rows lie above the cursor,
 * whatever width a terminal gives a character and however it wraps again when its window is resized. A guess that is too
 * high would erase what was printed above.
 */
export class TypedLine {
  /** Rows above the cursor; absent while nothing is drawn. */
  #above: number | undefined;

  /** Erases it. The cursor is then where the next text belongs. */
  erase(): string {
    const above = this.#above;
    this.#above = undefined;
    return above === undefined ? '' : `\r${up(above)}\u001b[J`;
  }

  /** Draws it where the cursor is. Of a line that does not fit, it draws the rows around `cursor`. */
  draw(text: string, cursor: number, { columns, rows: height }: Size): string {
    // In the last column some terminals wait with the cursor, and others wrap.
    const { rows, row, before } = layOut(text, cursor, Math.max(1, columns - 1));
    const most = Math.max(1, height - 1);
    const first = Math.min(row, Math.max(0, rows.length - most));
    const shown = rows.slice(first, first + most);
    this.#above = row - first;
    const drawn = shown.join('\r\n');
    return cursor === text.length ? drawn : `${drawn}${up(shown.length - 1 - this.#above)}\r${before}`;
  }

  /** Leaves the whole text on the screen, for good. */
  leave(text: string, { columns }: Size): string {
    return `${this.erase()}${layOut(text, text.length, Math.max(1, columns - 1)).rows.join('\r\n')}\r\n`;
  }

  /** Something else has written to the terminal, so that what was drawn cannot be erased any more. */
  forget(): void {
    this.#above = undefined;
  }
}

function up(rows: number): string {
  return rows > 0 ? `\u001b[${rows}A` : '';
}
