import { expect, test } from 'playwright/test';
import { complete, shared } from './completion.ts';
import type { View } from './view.ts';

const names: Record<number, string> = { 1: 'Mira', 2: 'Miranda', 3: 'Odo' };

const view = {
  here: () => Object.keys(names).map((id) => ({ id: Number(id) })),
  nameOf: (agent: number) => names[agent] ?? '',
  directions: () => ['north', 'south'],
  goods: () => ['gold', 'salt'],
} as unknown as View;

const fitting = (line: string) => complete(line, view).fitting;

test('the first word is a verb or a direction', () => {
  expect(fitting('no')).toEqual(['north']);
  expect(fitting('s')).toEqual(expect.arrayContaining(['say', 'sell', 'south']));
  expect(fitting('')).toEqual(expect.arrayContaining(['look', 'north']));
});

test('what follows a verb fits it: names, goods, directions', () => {
  expect(fitting('ask mi')).toEqual(['Mira', 'Miranda']);
  expect(fitting('give 3 g')).toEqual(['gold']);
  expect(fitting('give 3 gold to o')).toEqual(['Odo']);
  expect(fitting('buy 1 s')).toEqual(['salt']);
  expect(fitting('go n')).toEqual(['north']);
  expect(fitting('say n')).toEqual(['north']);
});

test('only the last word is replaced, and case does not matter', () => {
  expect(complete('give 3 GO', view)).toEqual({ word: 'GO', fitting: ['gold'] });
  expect(complete('ask Odo ', view).word).toBe('');
});

test('a word that several names go on from becomes what they share', () => {
  expect(shared(complete('ask M', view))).toBe('Mira');
  expect(shared(complete('ask Mira', view))).toBe('Mira');
  expect(shared(complete('ask x', view))).toBe('x');
  expect(shared({ word: 'mi', fitting: ['Mira', 'miranda'] })).toBe('Mira');
});

test('before the world is there nothing fits', () => {
  expect(complete('lo', undefined)).toEqual({ word: 'lo', fitting: [] });
});
