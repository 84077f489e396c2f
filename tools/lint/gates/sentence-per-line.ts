import type { DecisionRecord } from '../../../records/record.ts';
import type { Finding } from '../read/finding.ts';

/** A bold name that begins an item and ends in a full stop is not a sentence. */
const LEAD = /^(?:\*\*[^*]+\*\*\s*)?/;
const SHORT =
  /\b(?:e\.g|i\.e|etc|cf|vs|approx|no|vol|fig|sec|dr|mr|mrs|ms|st|prof|inc|ltd|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|[A-Z])\.$/i;
const END = /[.!?][)\]"”’*_]*(?=\s+[[("“*_`]*[A-Z`])/g;
const CLOSED = /[.!?:;…][)\]"”’*_`]*$/;
/** What ends a claim's sentence. */
const MARK = /\s*\[[a-z0-9-]+\](?:\s*)$/;

/** One sentence a line, so that a review can point at it, and no sentence over two of them. */
export function sentencesHaveLines(records: DecisionRecord[]): Finding[] {
  return records.flatMap(({ path, prose }) => {
    return prose.flatMap((here, index): Finding[] => {
      if (here.kind === 'table' || here.kind === 'heading') return [];
      const words = here.words.replace(LEAD, '').replace(MARK, '');
      const at = { file: path, line: here.line };
      const ends = [...words.matchAll(END)].filter((end) => !SHORT.test(words.slice(0, end.index + 1)));
      const next = prose[index + 1];
      const goesOn = next?.line === here.line + 1 && next.kind === 'text' && !CLOSED.test(words.trim());
      return [
        ...ends.map(({ index }) => ({
          ...at,
          wrong: `a second sentence begins after "${words.slice(Math.max(0, index - 25), index + 1)}"`,
          mend: 'give it a line of its own',
        })),
        ...(goesOn ? [{ ...at, wrong: 'the sentence goes on in the next line', mend: 'join the two lines' }] : []),
      ];
    });
  });
}
