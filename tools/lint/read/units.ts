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

/** Numbers with a unit, as a text names them, e.g. `2.4 ms` or `two seconds`. */
export function measuresIn(text: string): string[] {
  const measures = new RegExp(`(?:${DIGITS}|\\b(?:${WORDS}))${SPACE}(?:${UNITS})`, 'g');
  return [...text.matchAll(measures)].map(([measure]) => measure);
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
