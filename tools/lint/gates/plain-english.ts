import type { Finding } from '../read/finding.ts';
import type { Passage } from '../read/passages.ts';

/** A turn of phrase that makes a native reader stop, and the usual way to say it. */
interface Pattern {
  words: RegExp;
  better: string;
}

/** Existence ("there is no backup") and comparison ("is no slower than", "is no longer") are plain English. */
const EXISTS = String.raw`(?<!\bthere(?: still| really| yet)? )`;
const COMPARES = String.raw`(?! (?:longer|more|less|better|worse|different|matter|one|later|\w+er than)\b)`;

const PATTERNS: Pattern[] = [
  { words: new RegExp(String.raw`${EXISTS}\b(?:is|are|was|were) no\b${COMPARES}(?= [a-z])`, 'i'), better: 'is not a' },
  { words: /\b(?:that|which|it|and) (?:is|are|was|were) none\b/i, better: 'is not' },
  { words: /\b(?:whoever|whomever)\b/i, better: 'anyone who, or name the person' },
  { words: /(?:^|[,(]\s?)\bbe (?:it|they)\b/i, better: 'whether it is' },
  { words: /\bfor ever\b/i, better: 'forever, or always' },
  // People, minds and agents can be told something; data cannot.
  {
    words:
      /(?<!\b(?:minds?|agents?|players?|readers?|somebody|who|it|they|you|screen reader) )\b(?:is|are|was|were) told\b/i,
    better: 'receives, or sees',
  },
  { words: /\bbeside\b/i, better: 'next to' },
  { words: /\bsuch a one\b/i, better: 'one, or name it' },
  { words: /\bc[oa]mes? out whole\b/i, better: 'still passed' },
];

/** Keeps the worst patterns of the writing guide out of documents, comments, messages and test titles. */
export function englishIsPlain(passages: Passage[]): Finding[] {
  return passages.flatMap(({ file, line, words }) =>
    PATTERNS.flatMap(({ words: pattern, better }): Finding[] => {
      const found = pattern.exec(words);
      if (!found) return [];
      const from = Math.max(0, found.index - 20);
      const excerpt = words.slice(from, found.index + found[0].length + 20).trim();
      return [{ file, line, wrong: `"${found[0].trim()}" in "${excerpt}"`, mend: `write: ${better}` }];
    }),
  );
}
