import { expect, test } from 'playwright/test';
import { reasonOf } from './refusals.ts';

for (const [outcome, kind] of [
  ['the world rejected it: no exit leads "up" from here', 'the world: no exit leads … from here'],
  ['the world rejected it: Odo the Grey is not here', 'the world: somebody is not here'],
  ['the world rejected it: there are only 3, not 2287', 'the world: there are only N, not N'],
  [
    'the answer is not one of the actions: {"action":{"kind":"sell","quantity":0}}: action.quantity: Too small: expected number to be >=1',
    'not an action: quantity: Too small: expected number to be >=N',
  ],
  ['the answer was cut off before its end', 'not an action: the answer was cut off before its end'],
] as const) {
  test(`"${outcome}" counts as "${kind}"`, () => {
    expect(reasonOf(outcome, 'what the model wrote')).toBe(kind);
  });
}

test('a thought without an answer is not counted as a bad answer', () => {
  expect(reasonOf('the thinker stopped', undefined)).toBe('no answer: the thinker stopped');
});
