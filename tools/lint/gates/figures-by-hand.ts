import type { PlacedFigure } from '../../../records/site-figures.ts';
import type { Finding } from '../read/finding.ts';

/** The figures of all documents, and those typed by hand that a review has accepted, as `writeAccepted` writes them. */
export interface Accounts {
  figures: PlacedFigure[];
  accepted: string[];
}

export const ACCEPTED = 'tools/lint/by-hand.txt';
const MEND =
  'cite a figure of evidence, link its source in the same sentence, or have it accepted: `npm run lint:figures -- --accept`';

/**
 * Figures with neither evidence nor source do not become more. Only their number decides, so that a sentence may be
 * reworded; the ones that nobody has accepted are named when it rises.
 */
export function byHandDoesNotRise({ figures, accepted }: Accounts): Finding[] {
  const byHand = figures.filter(({ origin }) => origin === 'hand');
  if (byHand.length === accepted.length) return [];
  if (byHand.length < accepted.length) return [fewer(byHand.length, accepted.length)];
  const counts = `${byHand.length} in all, ${accepted.length} accepted`;
  return unknown(byHand, accepted).map(({ path, line, words, sentence }) => ({
    file: path,
    line,
    wrong: `"${words}" is typed by hand (${counts}): "${sentence}"`,
    mend: MEND,
  }));
}

/** The figures typed by hand, one a line, for the file of those that are accepted. */
export function writeAccepted(figures: PlacedFigure[]): string[] {
  return figures
    .filter(({ origin }) => origin === 'hand')
    .map(keyOf)
    .sort();
}

function keyOf({ path, words, sentence }: PlacedFigure): string {
  return `${path}: ${words}: ${sentence}`;
}

/** The same figure twice in one sentence needs to be accepted twice. */
function unknown(byHand: PlacedFigure[], accepted: string[]): PlacedFigure[] {
  const left = [...accepted];
  return byHand.filter((figure) => {
    const at = left.indexOf(keyOf(figure));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function fewer(now: number, then: number): Finding {
  const wrong = `${now} figures are typed by hand, and ${then} are accepted`;
  return { file: ACCEPTED, line: 1, wrong, mend: 'lower it: `npm run lint:figures -- --accept`', warning: true };
}
