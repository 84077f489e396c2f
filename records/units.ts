/** Units of time, rate, size and ratio: a number that has one was measured, or read somewhere. */
const UNITS = [
  '%|×|percent\\b|times\\b',
  '(?:ns|µs|us|ms|s|min|h|Hz|kHz|MHz|[kKMGT]?B|[KMGT]iB)\\b',
  '(?:bytes?|(?:nano|micro|milli)?seconds?|minutes?|hours?|days?|weeks?|months?|years?)\\b',
  '[a-z]+ (?:a|an|each|per) (?:second|minute|hour|day|tick)\\b',
].join('|');
const WORDS = 'half a|a quarter of an|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|hundred|thousand';
/** Not the end of a word or a version, such as the 99 of p99. */
const DIGITS = '(?<![\\w.])[-−]?\\d[\\d,]*(?:\\.\\d+)?';
const SPACE = '[\\s\\u00a0-]?';
const MEASURE = `(?:${DIGITS}${SPACE}|\\b(?:${WORDS})[\\s\\u00a0-])(?:${UNITS})`;

/** An amount of money. */
const SUM = '(?:US)?[$€£]\\s?\\d[\\d,]*(?:\\.\\d+)?';
/** `17 of 19`. */
const SHARE = `${DIGITS} of (?:the |its |our )?${DIGITS}`;
/** Digits and things that can be counted, such as `1,000 acting agents`; not a year, and not a number of four digits such as 0002. */
const COUNT =
  '(?<![\\w.,/#§-])(?!(?:19|20)\\d\\d\\b|0\\d)\\d[\\d,]*(?:\\s(?!never\\b)[a-z][\\w-]*)?\\s(?!(?:is|was|has|does|its|this|as|us)\\b)[a-z][a-z-]+(?<!s)s\\b';
/** A name in front makes a number part of it, as in `Node 24 needs` and `version 2 breaks`. */
const NAME =
  /(?:\b(?:[Vv]ersion|[Rr]ecord|[Ss]chema|[Ss]tep|[Ii]ssue|[Hh]ost|release|level|port|code|Node|PostgreSQL|Python|Rust)|[a-z,;:] [A-Z][\w.-]*)\s$/;

/** Numbers with a unit, as a text names them, e.g. `2.4 ms` or `two seconds`. */
export function measuresIn(text: string): string[] {
  return [...text.matchAll(new RegExp(MEASURE, 'g'))].map(([measure]) => measure);
}

/** A number that could be false, and where it begins in its text. */
export interface Stated {
  words: string;
  at: number;
}

/** Numbers with a unit, amounts of money, shares and counts, in order. */
export function statedIn(text: string): Stated[] {
  const numbers = new RegExp([SUM, SHARE, MEASURE, COUNT].join('|'), 'g');
  return [...text.matchAll(numbers)]
    .filter(({ 0: words, index }) => !isPartOfName(words, text.slice(0, index)))
    .map(({ 0: words, index }) => ({ words, at: index }));
}

function isPartOfName(words: string, before: string): boolean {
  return new RegExp(`^${COUNT}$`).test(words) && NAME.test(before);
}

/** A number as it is written, and the unit after it when that is one of time, rate, size or ratio. */
export interface Written {
  digits: string;
  unit: string;
}

/** Every number in digits. */
export function numbersIn(text: string): Written[] {
  const numbers = new RegExp(`(?<digits>${DIGITS})(?:${SPACE}(?<unit>${UNITS}))?`, 'g');
  return [...text.matchAll(numbers)].map(({ groups }) => ({
    digits: groups?.['digits'] ?? '',
    unit: groups?.['unit'] ?? '',
  }));
}

export function isMeasure(unit: string): boolean {
  return new RegExp(`^(?:${UNITS})$`).test(unit);
}
