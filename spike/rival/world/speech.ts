import { MAX_SPEECH } from '../../client/world-constants.ts';
import { Refusal } from './refusal.ts';
import type { Change } from './change.ts';

/** Lines that are kept of each place. */
const MAX_LINES = 3;

/**
 * Speech, or a question, is one line of at most 280 characters.
 * @throws Refusal
 */
export function checkSpeech(typed: string): string {
  // `trim` knows other spaces than Unicode, and so than the module.
  const words = typed.replaceAll(/^\p{White_Space}+|\p{White_Space}+$/gu, '');
  if (words === '') throw new Refusal('there is nothing to say');
  const length = [...words].length;
  if (length > MAX_SPEECH)
    throw new Refusal(`${length} characters are more than the ${MAX_SPEECH} that can be said at once`);
  if (/\p{Cc}/u.test(words)) throw new Refusal('control characters cannot be said');
  return words;
}

/** Keeps the words as the last ones said in the place, for minds whose agents hear them. */
export function remember(change: Change, place: number, speaker: number, words: string): void {
  const lines = [...(change.world.said.get(place) ?? []), { speaker, words }].slice(-MAX_LINES);
  change.setSaid({ place, lines });
}
