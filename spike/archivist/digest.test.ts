import { expect, test } from 'playwright/test';
import { EVENT } from './archived-event.fixture.ts';
import { COLUMNS, type ArchivedEvent } from './archived-event.ts';
import { digest } from './digest.ts';

/** The same line is in `spike/world/src/archive.rs`: both sides must count alike. */
test('the digest equals that of the world', () => {
  expect(digest([EVENT])).toBe('9bcc481ad56864131cf6bf5da05035d5580fb91672d726014a1ecd89b5faccb7');
});

test('another letter or another order is another digest', () => {
  const other = { ...EVENT, id: 8n };
  const whole = digest([EVENT, other]);
  expect(digest([other, EVENT])).not.toBe(whole);
  expect(digest([EVENT, { ...other, words: 'A' }])).not.toBe(whole);
});

test('an event of the former form has the digest that it had then', () => {
  const former: ArchivedEvent = { ...EVENT, version: 0, kind: '', words: 'says: Å' };
  expect(digest([former])).toBe('36ef0b6318d7266eda3f94218d7844da3ba81be695c14b5d8ac9078e9cef4c19');
});

test('every field is in the digest', () => {
  const whole = digest([EVENT]);
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
  for (const other of others) expect(digest([{ ...EVENT, ...other }]), Object.keys(other)[0]).not.toBe(whole);
  expect(others.map((other) => Object.keys(other)[0])).toEqual([...COLUMNS]);
});
