import type { Context } from './mind.ts';

/** What a mind is told that only has to answer a question. */
export const CONTEXT: Context = {
  tick: 1,
  agent: null,
  place: null,
  exits: [],
  here: [],
  holds: [],
  heard: [],
  asker: null,
  question: 'Well?',
};
