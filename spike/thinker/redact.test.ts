import { expect, test } from 'playwright/test';
import { redact } from './redact.ts';

for (const [text, hidden] of [
  ['Incorrect API key provided: sk-proj-ab**********yz9.', 'sk-proj'],
  ['authorization: Bearer 0123456789abcdef', '0123456789'],
  ['token eyJhbGciOiJFUzI1NiJ9.eyJoZXhfaWRlbnRpdHkiOiJjMjAw.c2lnbmF0dXJl is refused', 'eyJ'],
  ['GET /v1/x?model=a&api_key=0123456789 failed', '0123456789'],
] as const) {
  test(`hides a text that looks like a secret: ${text}`, () => {
    expect(redact(text)).toContain('…');
    expect(redact(text)).not.toContain(hidden);
  });
}

test('hides a known secret that does not look like one', () => {
  expect(redact('the key correct-horse is wrong', ['correct-horse'])).toBe('the key … is wrong');
});

test('hides no other words, even if the key is a placeholder', () => {
  const text = 'none of the tokens of this answer is a key: 429, task-force, max_tokens=20';
  expect(redact(text, ['none', ''])).toBe(text);
});
