import { expect, test } from 'playwright/test';
import type { LastingTokens } from '../client/token-store.ts';
import { sharedTokens } from './shared-tokens.ts';

function store(token?: string): LastingTokens {
  let kept = token;
  return { load: () => kept, save: (next) => (kept = next), forget: () => (kept = undefined) };
}

test('a token is found under any region of its world, and stays where it is', () => {
  const [north, south] = [store(), store('known')];
  const tokens = sharedTokens([north, south]);
  expect(tokens.load()).toBe('known');
  tokens.save('known');
  expect([north.load(), south.load()]).toEqual([undefined, 'known']);
});

test('a new token is kept once, under the first region', () => {
  const [north, south] = [store(), store()];
  const tokens = sharedTokens([north, south]);
  tokens.save('new');
  expect([north.load(), south.load(), tokens.load()]).toEqual(['new', undefined, 'new']);
});

test('a rejected token is forgotten where it was kept', () => {
  const [north, south] = [store(), store('old')];
  const tokens = sharedTokens([north, south]);
  tokens.forget();
  expect([tokens.load(), south.load()]).toEqual([undefined, undefined]);
});
