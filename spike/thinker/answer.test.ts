import { expect, test } from 'playwright/test';
import { FIELDS, readAnswer } from './answer.ts';
import { ANSWER_SCHEMA } from './answer-schema.ts';

const SAY = '{"action":{"kind":"say","words":"Good day."}}';
const SAID = { tag: 'Say', value: 'Good day.' };

test('reads an answer as an action of the closed set', () => {
  expect(readAnswer(SAY)).toEqual(SAID);
  expect(readAnswer('{"action":{"kind":"give","to":3,"good":"salt","quantity":2}}')).toEqual({
    tag: 'Give',
    value: { to: 3, good: 'salt', quantity: 2 },
  });
  expect(readAnswer('{"action":{"kind":"wait"}}').tag).toBe('Wait');
});

test('joins the lines of speech', () => {
  expect(readAnswer('{"action":{"kind":"say","words":" Good\\nday.\\t"}}')).toEqual(SAID);
});

test('counts characters of speech as the world does', () => {
  const say = (words: string) => readAnswer(JSON.stringify({ action: { kind: 'say', words } }));
  expect(say('🧂'.repeat(280)).tag).toBe('Say');
  expect(() => say('🧂'.repeat(281))).toThrow('action.words: has 281 characters, and at most 280 are allowed');
});

const whole = { words: '', direction: '', to: 0, good: '', quantity: 0, gold: 0 };
const read = (action: object) => readAnswer(JSON.stringify({ action }));

test('a field that the schema forces on an action does not count', () => {
  expect(read({ ...whole, kind: 'say', words: 'Good day.' })).toEqual(SAID);
  expect(read({ ...whole, kind: 'wait', words: 'a model filled it in', quantity: -7 }).tag).toBe('Wait');
  expect(read({ kind: 'wait', words: null, to: 0 }).tag).toBe('Wait');
});

test('every answer that the schema allows for a kind can be an action', () => {
  const { properties } = ANSWER_SCHEMA.properties.action;
  for (const kind of properties.kind.enum) {
    const filled = { ...whole, kind, words: 'Good day.', direction: 'north', good: 'salt', quantity: 1 };
    expect(read(filled).tag.toLowerCase()).toBe(kind);
    expect(Object.keys(filled).sort()).toEqual(Object.keys(properties).sort());
  }
});

test('the schema uses only what all endpoints agree on', () => {
  const nodes = (node: unknown): Record<string, unknown>[] =>
    typeof node !== 'object' || node === null
      ? []
      : [...('type' in node ? [node as Record<string, unknown>] : []), ...Object.values(node).flatMap(nodes)];
  const found = nodes(ANSWER_SCHEMA);
  expect(found).toHaveLength(2 + 1 + new Set([...FIELDS.values()].flat()).size);
  const allowed = ['type', 'properties', 'required', 'additionalProperties', 'enum'];
  for (const node of found) {
    expect(Object.keys(node).filter((key) => !allowed.includes(key))).toEqual([]);
    expect(['object', 'string', 'integer']).toContain(node['type']);
    if (node['type'] !== 'object') continue;
    expect(node['required']).toEqual(Object.keys(node['properties'] as object));
    expect(node['additionalProperties']).toBe(false);
  }
});

for (const [text, reason] of [
  ['{"action":null}', 'action is null'],
  ['{"action":[]}', 'action: '],
  ['{"action":"say"}', 'action: '],
  ['{}', 'action: '],
  ['{"action":{"kind":null,"words":"x"}}', 'action.kind must be one of say, go, give, buy, sell, wait'],
  ['{"action":{"kind":"teleport","to":"moon"}}', 'action.kind must be one of say, go, give, buy, sell, wait'],
  ['{"action":{"kind":"say","words":"x","then":"give"}}', 'action: Unrecognized key: "then"'],
  ['{"action":{"kind":"say","words":"x","direction":"north"}}', 'action: Unrecognized key: "direction"'],
  ['{"action":{"kind":"say","words":" "}}', 'action.words: must not be empty'],
  ['{"action":{"kind":"give","to":3,"good":"gold","quantity":-5}}', 'action.quantity: '],
  ['{"action":{"kind":"give","to":"Odo","good":"gold","quantity":1}}', 'action.to: '],
  ['{"action":{"kind":"give","to":3,"good":"gold","quantity":4294967297}}', 'action.quantity: '],
  ['{"action":{"kind":"buy","good":"salt","quantity":1,"gold":1.5}}', 'action.gold: '],
  ['{"action":{"kind":"wait"},"mood":"calm"}', 'the answer: Unrecognized key: "mood"'],
] as const) {
  test(`${text} is rejected with the reason`, () => {
    expect(() => readAnswer(text)).toThrow(`the answer is not one of the actions: ${text}`.slice(0, 150));
    expect(() => readAnswer(text)).toThrow(reason);
  });
}
