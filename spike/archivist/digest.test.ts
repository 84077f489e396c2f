import { expect, test } from 'playwright/test';
import type { ArchivedEvent } from './archive.ts';
import { digest } from './digest.ts';

const event: ArchivedEvent = {
  id: 7n,
  tick: 1n,
  at: 1_000_000n,
  place: 2,
  agent: 3,
  hearer: 4_294_967_295,
  request: 4n,
  text: 'says: Å',
};

/** The same line is in `spike/world/src/archive.rs`: both sides must count alike. */
test('the digest is that of the world', () => {
  expect(digest([event])).toBe('36ef0b6318d7266eda3f94218d7844da3ba81be695c14b5d8ac9078e9cef4c19');
});

test('another letter or another order is another digest', () => {
  const other = { ...event, id: 8n };
  const whole = digest([event, other]);
  expect(digest([other, event])).not.toBe(whole);
  expect(digest([event, { ...other, text: 'says: A' }])).not.toBe(whole);
});
