import type { DecisionRecord, Heading } from '../../../records/record.ts';
import type { Finding } from '../read/finding.ts';

/** What MADR's templates leave for the author to write. Code and comments are not part of a record's prose. */
const LEFT_OVER: { words: RegExp; wrong: (found: string) => string; mend: string }[] = [
  {
    words: /\{[^{}]*[a-z…][^{}]*\}/i,
    wrong: (found) => `the template's "${short(found)}" is still there`,
    mend: 'replace it, or delete the line',
  },
  { words: /^(?:…|\.\.\.)$/, wrong: (found) => `only ${found} stands here`, mend: 'write it, or delete the line' },
  {
    words: /\bchosen option: (?:""|“”)/i,
    wrong: () => 'the chosen option has no name',
    mend: 'write its title between the quotes',
  },
  {
    words: /\bbecause[\s,.]*$/,
    wrong: () => 'no reason follows "because"',
    mend: 'write the reason, or delete the line',
  },
];

/** An author has replaced what the template leaves open, and every section that must be there says something. */
export function templateIsFilled(records: DecisionRecord[]): Finding[] {
  return records.flatMap((record) => {
    const { path: file, prose, headings } = record;
    const lines = prose.flatMap(({ line, words }) => {
      const left = LEFT_OVER.find((one) => one.words.test(words));
      return left ? [{ file, line, wrong: left.wrong(left.words.exec(words)?.[0] ?? ''), mend: left.mend }] : [];
    });
    const unwritten = headings.flatMap((heading): Finding[] => {
      const at = { file, line: heading.line };
      if (!heading.words) return [{ ...at, wrong: 'the heading has no words', mend: 'write them, or delete the line' }];
      if (!isEmpty(heading, record)) return [];
      const mend = 'write it, or delete it if it is optional';
      return [{ ...at, wrong: `the section "${heading.words}" is empty`, mend }];
    });
    return [...lines, ...unwritten];
  });
}

/** Whether nothing but comments and headings stands before the next heading of this level or a higher one. */
function isEmpty({ line, depth }: Heading, { headings, content }: DecisionRecord): boolean {
  const next = headings.find((other) => other.line > line && other.depth <= depth)?.line ?? Infinity;
  return !content.some((place) => place > line && place < next);
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
