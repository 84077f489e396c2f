import { parseHTML } from 'linkedom';
import { expect, test } from 'playwright/test';
import { text, write } from './dom.ts';

test.beforeEach(() => Object.assign(globalThis, { document: parseHTML('<main></main>').document }));
test.afterEach(() => void Reflect.deleteProperty(globalThis, 'document'));

test('the page shows control and direction characters of other people as letters', () => {
  expect(text('bdi', 'Mira\u202e says').textContent).toBe('Mira\\u{202e} says');
  const element = text('span', '');
  write(element, 'Odo\u2066\u200b');
  expect(element.textContent).toBe('Odo\\u{2066}\\u{200b}');
});

test('the page keeps what people write', () => {
  for (const words of ['می\u200cخواهم', '👩🏽‍🚒', 'שלום']) expect(text('bdi', words).textContent).toBe(words);
});
