import type { Routine } from './bindings/index.ts';

/** What somebody with that routine does, as a person says it. */
export const ROUTINE_WORDS: Record<Routine['tag'], string> = {
  Patrol: 'on a round',
  Wander: 'wandering',
  Trade: 'trading',
  Rest: 'at home',
  PlayerControlled: 'a player',
};
