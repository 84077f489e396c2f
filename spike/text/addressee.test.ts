import { expect, test } from 'playwright/test';
import { readQuestion, unquoted, type Person } from './addressee.ts';

const person = (id: number, name: string, isPlayer = false): Person => ({ id, name, isPlayer });
const PEOPLE = [
  person(0, 'Mira'),
  person(1, 'Old Hob'),
  person(2, 'Mira What', true),
  person(3, 'Hob'),
  person(4, 'Hob the Elder'),
  person(5, 'Åsa'),
  person(6, 'Nils', true),
  person(7, 'सोम'),
];
const read = (rest: string) => readQuestion(rest, PEOPLE);

for (const [rest, agent, question] of [
  ['Mira what of the strangers?', 0, 'what of the strangers?'],
  ['mira What do you see?', 0, 'What do you see?'],
  ['Mira, who goes there?', 0, 'who goes there?'],
  ['MIRA: who?', 0, 'who?'],
  ['old hob how is the well?', 1, 'how is the well?'],
  ['"Mira" What is it?', 0, 'What is it?'],
  ['“Hob the Elder” who are you?', 4, 'who are you?'],
  ['"Hob" the Elder, is he well?', 3, 'the Elder, is he well?'],
  ['A\u030asa what now?', 5, 'what now?'],
  ['सोम कहाँ?', 7, 'कहाँ?'],
] as const) {
  test(`\`ask ${rest}\` reaches agent ${agent}`, () => {
    expect(read(rest)).toEqual({ agent, question });
  });
}

test('asks back when two minds fit, and says how to name one', () => {
  expect(() => read('Hob the Elder is he well?')).toThrow(
    'Hob and Hob the Elder both fit: put the name in quotes, as in `ask "Hob" …`',
  );
});

test('a player answers for themselves', () => {
  expect(() => read('Nils who are you?')).toThrow('players answer for themselves: `say` it where Nils is');
  expect(() => read('"Mira What" who are you?')).toThrow('players answer for themselves: `say` it where Mira What is');
});

test('names nobody, or asks nothing', () => {
  expect(() => read('"Nobody Here" who?')).toThrow('nobody is called Nobody Here');
  for (const rest of ['', 'Mira', '"Mira"', 'Quentin who?']) expect(() => read(rest)).toThrow('Ask whom, and what?');
});

test('a name may stand in quotes', () => {
  expect(['"Old Hob"', '“Old Hob”', 'Old Hob', '"Old" Hob'].map(unquoted)).toEqual([
    'Old Hob',
    'Old Hob',
    'Old Hob',
    '"Old" Hob',
  ]);
});
