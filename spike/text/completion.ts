import { VERBS } from './command.ts';
import type { View } from './view.ts';

/** What the last word of a line can become. */
export interface Completion {
  /** The part of the line that it replaces. */
  word: string;
  fitting: string[];
}

/** The verbs after which a name follows first. */
const NAMES_FIRST = ['ask', 'watch'];
const GOODS_FIRST = ['give', 'buy', 'sell'];

/** @param view what the player sees; without it nothing is known to complete */
export function complete(line: string, view: View | undefined): Completion {
  const word = /\S*$/.exec(line)?.[0] ?? '';
  return { word, fitting: [...new Set(choices(line, view))].filter(beginsWith(word)) };
}

/** Whether all that fits goes on in the same way, so that a part of it can be filled in. */
export function shared({ word, fitting }: Completion): string {
  const [first = '', ...others] = fitting;
  let length = first.length;
  for (const other of others) {
    while (length > 0 && !beginsWith(first.slice(0, length))(other)) length--;
  }
  return length > word.length ? first.slice(0, length) : word;
}

const beginsWith = (beginning: string) => (each: string) => each.toLowerCase().startsWith(beginning.toLowerCase());

function choices(line: string, view: View | undefined): string[] {
  if (!view) return [];
  const names = view.here().map(({ id }) => view.nameOf(id));
  const [verb = '', ...rest] = line.trimStart().split(/\s+/);
  if (rest.length === 0) return [...VERBS, ...view.directions()];
  if (verb === 'go') return view.directions();
  if (NAMES_FIRST.includes(verb)) return names;
  if (verb === 'give' && rest.includes('to')) return names;
  return GOODS_FIRST.includes(verb) ? view.goods() : [...view.directions(), ...names, ...view.goods()];
}
