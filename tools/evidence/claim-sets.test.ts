import { globSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { CORE, readClaimSets, setsIn } from './claim-sets.ts';

test('reads the sets that a spec declares, and core where it declares none', () => {
  expect(setsIn("claim('tick', { sets: ['core', 'load'], run() {} });")).toEqual(['core', 'load']);
  expect(setsIn("claim('tick', { set: 'rival', run() {} });")).toEqual(['rival']);
  expect(setsIn("claim('tick', { kind: 'measured' });")).toEqual([CORE]);
  expect(setsIn("planned('tick', 'not yet');")).toEqual([CORE]);
});

test('a word in a text, or in what the experiment does, is not a set', () => {
  expect(
    setsIn("// sets: ['fake']\nclaim('tick', { why: \"sets: ['fake']\", run: () => f({ sets: ['fake'] }) });"),
  ).toEqual([CORE]);
});

test('every claim of this project belongs to a set', () => {
  const claims = globSync('claims/*.claim.ts').map((file) => file.replace(/^claims\/(.*)\.claim\.ts$/, '$1'));
  expect([...new Set([...readClaimSets('.').values()].flat())].sort()).toEqual(claims.sort());
});
