import { expect, test } from 'playwright/test';
import type { State } from '../../claims/state.ts';
import { planOf, type Request } from './plan.ts';

const SETS = new Map([
  ['core', ['a', 'b', 'c', 'd', 'e']],
  ['load', ['x']],
]);
const STATES: Partial<Record<string, State>> = { a: 'holds', b: 'stale', c: 'fails', d: 'inconclusive' };

const plan = (request: Partial<Request>, states = STATES) =>
  planOf({ claims: [], sets: [], force: false, ...request }, SETS, (claim) => states[claim]);

test('without a name, measures every claim whose evidence does not speak for the sources as they are', () => {
  expect(plan({})).toEqual({ measure: ['b', 'd', 'e', 'x'], fresh: ['a', 'c'] });
});

test('a set leaves the claims of other sets alone', () => {
  expect(plan({ sets: ['core'] })).toEqual({ measure: ['b', 'd', 'e'], fresh: ['a', 'c'] });
  expect(plan({ sets: ['core', 'load'] }).measure).toEqual(['b', 'd', 'e', 'x']);
});

test('a claim that is named is measured even if it is fresh, and with force all are', () => {
  expect(plan({ claims: ['a'] })).toEqual({ measure: ['a'], fresh: [] });
  expect(plan({ claims: ['a'], sets: ['load'] })).toEqual({ measure: ['a', 'x'], fresh: [] });
  expect(plan({ sets: ['core'], force: true })).toEqual({ measure: ['a', 'b', 'c', 'd', 'e'], fresh: [] });
});

test('after an interruption the same request measures only the rest', () => {
  expect(plan({ sets: ['core'] }, { ...STATES, b: 'holds', d: 'holds' })).toEqual({
    measure: ['e'],
    fresh: ['a', 'b', 'c', 'd'],
  });
});

test('rejects an unknown claim or set and names those that exist', () => {
  expect(() => plan({ claims: ['a', 'q'] })).toThrow('q is not a claim: use a, b, c, d, e, x.');
  expect(() => plan({ sets: ['heavy', 'huge'] })).toThrow('heavy, huge are not sets: use core, load.');
});
