import { expect, test } from 'playwright/test';
import { isEqual, newKey, OneTimeCode } from './one-time-code.ts';

test('a code opens once, and is replaced by another', () => {
  const code = new OneTimeCode();
  const first = code.text;
  expect(first).toMatch(/^[a-km-np-z2-9]{14}$/);
  expect(code.spend(first)).toBe(true);
  expect(code.spend(first)).toBe(false);
  expect(code.text).not.toBe(first);
  expect(code.spend(code.text)).toBe(true);
});

test('a wrong code spends nothing', () => {
  const code = new OneTimeCode();
  const { text } = code;
  for (const wrong of ['', text.slice(1), `${text}a`, text.toUpperCase()]) expect(code.spend(wrong)).toBe(false);
  expect(code.spend(text)).toBe(true);
});

test('no two codes or keys are the same', () => {
  expect(new Set(Array.from({ length: 100 }, () => new OneTimeCode().text)).size).toBe(100);
  expect(newKey()).toMatch(/^[\w-]{32}$/);
  expect(newKey()).not.toBe(newKey());
  expect([isEqual('a', 'a'), isEqual('a', 'b'), isEqual('a', '')]).toEqual([true, false, false]);
});
