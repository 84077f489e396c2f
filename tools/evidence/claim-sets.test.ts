import { globSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { CORE, readClaimSets, setIn } from './claim-sets.ts';

test('reads the set that a spec declares, and core where it declares none', () => {
  expect(setIn("claim('tick', { set: 'rival', run() {} });")).toBe('rival');
  expect(setIn("claim('tick', { kind: 'measured' });")).toBe(CORE);
  expect(setIn("planned('tick', 'not yet');")).toBe(CORE);
});

test('a word in a text, or in what the experiment does, is not a set', () => {
  expect(setIn("// set: 'fake'\nclaim('tick', { why: \"set: 'fake'\", run: () => f({ set: 'fake' }) });")).toBe(CORE);
});

test('every claim of this project belongs to a set', () => {
  const claims = globSync('claims/*.claim.ts').map((file) => file.replace(/^claims\/(.*)\.claim\.ts$/, '$1'));
  expect([...new Set([...readClaimSets('.').values()].flat())].sort()).toEqual(claims.sort());
});
