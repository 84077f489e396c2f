import { STATES, type State } from '../../claims/state.ts';
import type { Claim } from './claim.ts';

/** How many claims are in a state, with the state as a word that fits the number. */
export interface StateCount {
  state: State;
  count: number;
  word: string;
}

/** The states that any of the claims is in, in their usual order. */
export function countStates(claims: readonly Pick<Claim, 'state'>[]): StateCount[] {
  return STATES.map((state) => ({ state, count: claims.filter((claim) => claim.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => ({ state, count, word: wordOf(state, count) }));
}

function wordOf(state: State, count: number): string {
  if (state === 'holds') return count === 1 ? 'holds' : 'hold';
  if (state === 'fails') return count === 1 ? 'fails' : 'fail';
  return state;
}
