import { expect, test } from 'playwright/test';
import type { DbConnection } from '../client/bindings/index.ts';
import { Calls } from './calls.ts';

type Status = { tag: 'Committed' } | { tag: 'Failed'; value: string };

const PATIENCE_MS = 20;
const COMMITTED: Status = { tag: 'Committed' };
const nothing = () => {};

/** A world that answers the oldest act when it is told to, and not before. */
function slowWorld() {
  let settle: (context: unknown) => void = nothing;
  const db = {
    connectionId: 'own',
    reducers: { onJoin: nothing, onAsk: nothing, onAct: (callback: typeof settle) => (settle = callback) },
  };
  const calls = new Calls(PATIENCE_MS);
  calls.wire(db as unknown as DbConnection);
  const answer = (status: Status) => settle({ event: { status, callerConnectionId: { isEqual: () => true } } });
  return { calls, answer };
}

test('calls are settled in the order in which they were made', async () => {
  const { calls, answer } = slowWorld();
  const first = calls.call('act', nothing);
  const second = calls.call('act', nothing);
  answer({ tag: 'Failed', value: 'no' });
  answer(COMMITTED);
  await expect(first).rejects.toThrow('no');
  await second;
});

test('tells the outcome of a call before what happens next', () => {
  const { calls, answer } = slowWorld();
  const told: string[] = [];
  void calls.call('act', nothing, () => told.push('You ask Mira.'));
  answer(COMMITTED);
  told.push('Mira answers you.');
  expect(told).toEqual(['You ask Mira.', 'Mira answers you.']);
});

test('a call that is rejected is followed by nothing', async () => {
  const { calls, answer } = slowWorld();
  const told: string[] = [];
  const asked = calls.call('act', nothing, () => told.push('You ask Mira.'));
  answer({ tag: 'Failed', value: 'no' });
  await expect(asked).rejects.toThrow('no');
  expect(told).toEqual([]);
});

test('an answer after the timeout settles no later call', async () => {
  const { calls, answer } = slowWorld();
  await expect(calls.call('act', nothing)).rejects.toThrow('The world does not answer.');
  const next = calls.call('act', nothing);
  answer({ tag: 'Failed', value: 'too late' });
  answer(COMMITTED);
  await next;
});

test('a call that was never sent waits for no answer', async () => {
  const { calls, answer } = slowWorld();
  const unsent = calls.call('act', () => {
    throw new Error('not sent');
  });
  await expect(unsent).rejects.toThrow('not sent');
  const next = calls.call('act', nothing);
  answer(COMMITTED);
  await next;
});

test('open calls fail when the connection is lost', async () => {
  const { calls } = slowWorld();
  const asked = calls.call('act', nothing);
  calls.lost();
  await expect(asked).rejects.toThrow('Whether the command was carried out is unknown.');
});
