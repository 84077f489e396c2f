import { ADJECTIVES, EMPTY_WORDS, HOMONYMS } from './empty-words.ts';
import { SUBJECTS } from './subjects.ts';

/** What words are about, in a form that anybody may say aloud. */
export interface Topic {
  /** A noun with its article and adjectives, at most 80 characters. */
  phrase: string;
  /** A key of `SUBJECTS`, if everybody has an opinion on it. */
  subject: string | undefined;
  /** Whether it reads as a noun. If not, it is only the longest word. */
  isNoun: boolean;
}

interface Word {
  text: string;
  lower: string;
  /** Whether a sentence begins with it, so that its capital says nothing. */
  isFirst: boolean;
}

const LONGEST_WORD = 24;
const MOST_WORDS = 200;
const MOST_ADJECTIVES = 2;
const DETERMINERS = new Set(['the', 'a', 'an', 'this', 'these', 'those', 'my', 'your', 'his', 'her', 'our']);
/** The listener's point of view: my hat is your hat. */
const TURNED: Record<string, string> = { my: 'your', your: 'my', our: 'your' };

/**
 * Finds what somebody's words are about. The words may be anything, so only letters, digits, apostrophes and hyphens
 * pass: no marks of direction, no line ends, no markup, and no sentence that somebody else would then seem to say.
 * @param names those who talk: they do not talk about their own names
 * @returns undefined when there is no such word
 */
export function topicOf(text: string, names: readonly string[] = []): Topic | undefined {
  const words = wordsOf(text);
  if (/\b(who are you|your name)\b/.test(words.map(({ lower }) => lower).join(' ')))
    return { phrase: 'my name', subject: 'name', isNoun: true };
  const topics = words.flatMap((word, index) => {
    const { lower } = word;
    const topic = topicAt(words, word, index);
    const isEmpty = EMPTY_WORDS.has(lower) && !(HOMONYMS.has(lower) && topic.isNoun);
    return isEmpty || ADJECTIVES.has(lower) || names.includes(word.text) ? [] : [topic];
  });
  return topics.find(({ subject }) => subject) ?? topics.find(({ isNoun }) => isNoun) ?? longest(topics);
}

function wordsOf(text: string): Word[] {
  const visible = text.normalize('NFC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  const words: Word[] = [];
  for (const sentence of visible.split(/[.:;?!\n]+/)) {
    const plain = sentence.replace(/[^\p{L}\p{M}\p{N}'-]+/gu, ' ').replace(/(\p{M})\p{M}+/gu, '$1');
    const bare = plain.split(' ').map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu, ''));
    const kept = bare.filter((word) => word !== '' && [...word].length <= LONGEST_WORD);
    words.push(...kept.map((word, index) => ({ text: word, lower: word.toLowerCase(), isFirst: index === 0 })));
    if (words.length >= MOST_WORDS) break;
  }
  return words.slice(0, MOST_WORDS);
}

/** A noun shows itself by its article, or a name by its capital. */
function topicAt(words: Word[], word: Word, index: number): Topic {
  const subject = subjectOf(word.lower);
  const text = subject ? word.lower : word.text;
  let start = index;
  while (index - start < MOST_ADJECTIVES && !words[start]?.isFirst && ADJECTIVES.has(words[start - 1]?.lower ?? ''))
    start--;
  const before = words[start]?.isFirst ? '' : (words[start - 1]?.lower ?? '');
  const hasArticle = DETERMINERS.has(before);
  const adjectives = words.slice(start, index).map(({ lower }) => lower);
  const article = hasArticle ? [TURNED[before] ?? before] : [];
  const isName = !word.isFirst && /^\p{Lu}/u.test(word.text);
  return {
    phrase: [...article, ...adjectives, text].join(' '),
    subject,
    isNoun: subject !== undefined || hasArticle || isName,
  };
}

function subjectOf(word: string): string | undefined {
  return [word, word.replace(/s$/, ''), word.replace(/es$/, '')].find((form) => Object.hasOwn(SUBJECTS, form));
}

function longest(topics: Topic[]): Topic | undefined {
  return topics.sort((a, b) => b.phrase.length - a.phrase.length)[0];
}
