import { readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { intentionOf, KINDS, sentenceOf, type EventFacts } from './sentence.ts';
import { EVENT_VERSION, NOBODY } from './world-constants.ts';

const [MIRA, NILS, ADA] = [0, 7, 8];
const names = new Map([
  [MIRA, 'Mira'],
  [NILS, 'Nils'],
  [ADA, 'Ada'],
]);
const nameOf = (agent: number) => names.get(agent) ?? `agent ${agent}`;
const event = (facts: Partial<EventFacts>): EventFacts => ({
  version: EVENT_VERSION,
  kind: 'wait',
  subject: MIRA,
  object: NOBODY,
  quantity: 0,
  gold: 0,
  words: '',
  request: 0n,
  ...facts,
});

/** As the subject reads it, as the object does, and as somebody who watches. */
const told = (facts: Partial<EventFacts>) =>
  [facts.subject ?? MIRA, NILS, undefined].map((me) => sentenceOf(event(facts), { me, nameOf }));

test('the kinds are those of the module', () => {
  const source = readFileSync('spike/world/src/core/event.rs', 'utf8');
  const named = [...source.matchAll(/Self::\w+ => "(\w+)"/g)].map(([, name]) => name);
  expect(named).toEqual([...KINDS]);
});

for (const [facts, own, object, observer] of [
  [
    { kind: 'say', words: 'Tide at six.' },
    'You say: Tide at six.',
    'Mira says: Tide at six.',
    'Mira says: Tide at six.',
  ],
  [
    { kind: 'say', words: 'No.', object: NILS, request: 4n },
    'You answer Nils: No.',
    'Mira answers you: No.',
    'Mira answers Nils: No.',
  ],
  [{ kind: 'go', words: 'north' }, 'You go north', 'Mira goes north', 'Mira goes north'],
  [
    { kind: 'go', words: 'north', object: NILS, request: 4 },
    'You go north instead of answering Nils',
    'Mira goes north instead of answering you',
    'Mira goes north instead of answering Nils',
  ],
  [
    { kind: 'give', words: 'salt', quantity: 3, object: NILS },
    'You give 3 salt to Nils',
    'Mira gives 3 salt to you',
    'Mira gives 3 salt to Nils',
  ],
  [
    { kind: 'buy', words: 'salt', quantity: 3, gold: 24 },
    'You buy 3 salt for 24 gold',
    'Mira buys 3 salt for 24 gold',
    'Mira buys 3 salt for 24 gold',
  ],
  [
    { kind: 'sell', words: 'salt', quantity: 1, gold: 7 },
    'You sell 1 salt for 7 gold',
    'Mira sells 1 salt for 7 gold',
    'Mira sells 1 salt for 7 gold',
  ],
  [{ kind: 'wait' }, 'You wait', 'Mira waits', 'Mira waits'],
  [{ kind: 'arrive' }, 'You arrive', 'Mira arrives', 'Mira arrives'],
  [{ kind: 'arrive', words: 'South' }, 'You arrive from South', 'Mira arrives from South', 'Mira arrives from South'],
  [
    { kind: 'leave', words: 'east' },
    'You leave east, over the border',
    'Mira leaves east, over the border',
    'Mira leaves east, over the border',
  ],
  [
    { kind: 'turn_back', words: 'Mira is there already' },
    'You turn back at the border: Mira is there already',
    'Mira turns back at the border: Mira is there already',
    'Mira turns back at the border: Mira is there already',
  ],
  [{ kind: 'no_answer', request: 4n }, 'You find no words', 'Mira finds no words', 'Mira finds no words'],
  [
    { kind: 'no_answer', object: NILS, request: 4n },
    'You find no words for Nils',
    'Mira finds no words for you',
    'Mira finds no words for Nils',
  ],
] as const) {
  test(`"${observer}" reads differently from three points of view`, () => {
    expect(told(facts)).toEqual([own, object, observer]);
  });
}

test('an event of an unknown kind or a newer version still says who did it', () => {
  expect(told({ kind: 'dance' })[2]).toBe('Mira does something that this program is too old to show ("dance")');
  expect(told({ version: EVENT_VERSION + 1, kind: 'say', words: 'x' })[2]).toContain('too old to show ("say")');
});

test('the form before there were versions keeps its words, and names who was given something', () => {
  const former = (words: string, object = NOBODY) => told({ version: 0, kind: '', words, object })[2];
  expect(former('says: I gave it to agent 7')).toBe('Mira says: I gave it to agent 7');
  expect(former('gives 3 salt to agent 7', NILS)).toBe('Mira gives 3 salt to Nils');
});

test('an intention tells the limit of a deal', () => {
  const deal = { good: 'salt', quantity: 2, gold: 20 };
  const intends = (action: Parameters<typeof intentionOf>[0]) => intentionOf(action, nameOf);
  expect(intends({ tag: 'Buy', value: deal })).toBe('buys 2 salt for at most 20 gold');
  expect(intends({ tag: 'Sell', value: deal })).toBe('sells 2 salt for at least 20 gold');
  expect(intends({ tag: 'Give', value: { to: ADA, good: 'gold', quantity: 1 } })).toBe('gives 1 gold to Ada');
  expect(intends({ tag: 'Say', value: 'No.' })).toBe('says: No.');
  expect(intends({ tag: 'Go', value: 'north' })).toBe('goes north');
  expect(intends({ tag: 'Wait' })).toBe('waits');
});
