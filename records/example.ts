/** Between these comments a document may show examples: bad English, and figures that nobody claims. */
const OFF = '<!-- prose:off -->';
const ON = '<!-- prose:on -->';

/** @returns whether a line of the text, counted from 1, only shows an example */
export function examplesIn(text: string): (line: number) => boolean {
  const lines = text.split('\n');
  return (line) => lines.lastIndexOf(OFF, line - 1) > lines.lastIndexOf(ON, line - 1);
}
