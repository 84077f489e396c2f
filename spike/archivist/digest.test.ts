import { expect, test } from 'playwright/test';
import { NOBODY } from '../client/world-constants.ts';
import { COLUMNS, type ArchivedEvent } from './archived-event.ts';
import { digest } from './digest.ts';

const event: ArchivedEvent = {
  id: 7n,
  version: 1,
  tick: 1n,
  at: 1_000_000n,
  place: 2,
  kind: 'say',
  subject: 3,
  object: NOBODY,
  quantity: 0,
  gold: 0,
  words: 'Å',
  request: 4n,
};

/** The same line is in `spike/world/src/archive.rs`: both sides must count alike. */
test('the digest equals that of the world', () => {
  expect(digest([event])).toBe('9bcc481ad56864131cf6bf5da05035d5580fb91672d726014a1ecd89b5faccb7');
});

test('another letter or another order is another digest', () => {
  const other = { ...event, id: 8n };
  const whole = digest([event, other]);
  expect(digest([other, event])).not.toBe(whole);
  expect(digest([event, { ...other, words: 'A' }])).not.toBe(whole);
});

test('an event of the former form has the digest that it had then', () => {
  const former: ArchivedEvent = { ...event, version: 0, kind: '', words: 'says: Å' };
  expect(digest([former])).toBe('36ef0b6318d7266eda3f94218d7844da3ba81be695c14b5d8ac9078e9cef4c19');
});

test('every field is in the digest', () => {
  const whole = digest([event]);
  const others: Partial<ArchivedEvent>[] = [
    { id: 8n },
    { version: 2 },
    { tick: 2n },
    { at: 2n },
    { place: 9 },
    { kind: 'go' },
    { subject: 9 },
    { object: 9 },
    { quantity: 9 },
    { gold: 9 },
    { words: 'x' },
    { request: 9n },
  ];
  for (const other of others) expect(digest([{ ...event, ...other }]), Object.keys(other)[0]).not.toBe(whole);
  expect(others.map((other) => Object.keys(other)[0])).toEqual([...COLUMNS]);
});
