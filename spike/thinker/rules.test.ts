import { expect, test } from 'playwright/test';
import type { Context } from './mind.ts';
import { decide } from './rules.ts';

const context: Context = {
  tick: 1,
  agent: { id: 0, name: 'Mira', persona: 'Keeps the toll.' },
  place: { name: 'The Salt Gate', description: '' },
  exits: ['north', 'south'],
  here: [{ id: 1, name: 'Odo' }],
  holds: [],
  asker: null,
  question: '',
};
const decisions = Array.from({ length: 200 }, (_, tick) => decide({ ...context, tick }));

test('the same context gives the same decision', () => {
  expect(decide(context)).toEqual(decide({ ...context }));
});

test('over time the rules speak, go and wait', () => {
  expect(new Set(decisions.map(({ tag }) => tag))).toEqual(new Set(['Say', 'Go', 'Wait']));
});

test('the rules only go where an exit leads', () => {
  const ways = decisions.flatMap((action) => (action.tag === 'Go' ? [action.value] : []));
  expect(ways.every((way) => context.exits.includes(way))).toBe(true);
  expect(decide({ ...context, exits: [], here: [] }).tag).toBe('Wait');
});

test('a question is answered in words', () => {
  expect(decide({ ...context, question: 'What of the strangers?' }).tag).toBe('Say');
});
