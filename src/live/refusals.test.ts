import { expect, test } from 'playwright/test';
import { NOBODY } from '../../spike/client/world-constants.ts';
import { Refusals } from './refusals.ts';

const step = (request: number, what: 'asked' | 'refused') => ({
  ...{ request, agent: 1, asker: NOBODY, what, atMs: 0, reason: '' },
});

test('each refused answer counts once, and only refused ones', () => {
  const refusals = new Refusals();
  refusals.add([step(1, 'asked'), step(1, 'refused'), step(1, 'refused'), step(2, 'refused')], false);
  expect(refusals.count).toBe(3);
});

test('a refusal that comes again after a reconnect does not count twice', () => {
  const refusals = new Refusals();
  refusals.add([step(1, 'refused'), step(1, 'refused')], true);
  refusals.add([step(1, 'refused'), step(2, 'refused')], true);
  expect(refusals.count).toBe(3);
});
