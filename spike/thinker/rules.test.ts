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

test('gives the same decision for the same context', () => {
  expect(decide(context)).toEqual(decide({ ...context }));
});

test('speaks, goes and waits over time', () => {
  expect(new Set(decisions.map(({ tag }) => tag))).toEqual(new Set(['Say', 'Go', 'Wait']));
});

test('goes only where an exit leads', () => {
  const ways = decisions.flatMap((action) => (action.tag === 'Go' ? [action.value] : []));
  expect(ways.every((way) => context.exits.includes(way))).toBe(true);
  expect(decide({ ...context, exits: [], here: [] }).tag).toBe('Wait');
});

test('answers a question in words', () => {
  expect(decide({ ...context, question: 'What of the strangers?' }).tag).toBe('Say');
});
