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
  return passages.flatMap((passage) => PATTERNS.flatMap((pattern) => findIn(passage, pattern)));
}

/** A pattern may go over the end of a line; the finding is where it begins. */
function findIn({ file, line, words }: Passage, { words: pattern, better }: Pattern): Finding[] {
  const text = words.replaceAll('\n', ' ');
  return [...text.matchAll(new RegExp(pattern, 'gi'))].map(({ 0: found, index }): Finding => {
    const excerpt = text.slice(Math.max(0, index - 20), index + found.length + 20).trim();
    const before = words.slice(0, index + found.search(/\w/)).split('\n').length - 1;
    return { file, line: line + before, wrong: `"${found.trim()}" in "${excerpt}"`, mend: `write: ${better}` };
  });
}
