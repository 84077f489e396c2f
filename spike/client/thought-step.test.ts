import { expect, test } from 'playwright/test';
import type { ThinkRequest } from './bindings/index.ts';
import { stepsOf } from './thought-step.ts';
import { NOBODY } from './world-constants.ts';

const moment = (ms: number) => ({ __timestamp_micros_since_unix_epoch__: BigInt(ms) * 1_000n });

/** A row as the world writes it: asked at 1 s, leased at 2 s where it was leased. */
function rowOf(tag: ThinkRequest['state']['tag'], leaseEpoch = 0, attempts = 0, reapAtMs = 0): ThinkRequest {
  const row = { id: 9n, agent: 2, asker: NOBODY, state: { tag }, attempts, leaseEpoch: BigInt(leaseEpoch) };
  const times = { askedAt: moment(1_000), leasedAt: moment(2_000), reapAtUs: BigInt(reapAtMs) * 1_000n };
  return { ...row, ...times } as unknown as ThinkRequest;
}

const context = { refusal: '', reason: '', nowMs: 5_000 };
const words = (...args: Parameters<typeof stepsOf>) =>
  stepsOf(...args).map(({ what, atMs, reason }) => [what, atMs, reason].join(' ').trim());

test('a new row was asked, and tells what happened to it before the page came', () => {
  expect(words(undefined, rowOf('Pending'), context)).toEqual(['asked 1000']);
  expect(words(undefined, rowOf('Leased', 1), context)).toEqual(['asked 1000', 'leased 2000']);
  expect(words(undefined, rowOf('Done', 1, 0, 63_000), context)).toEqual(['asked 1000', 'leased 2000', 'done 3000']);
  expect(stepsOf(undefined, rowOf('Pending'), context)[0]).toMatchObject({ request: 9, agent: 2, asker: NOBODY });
});

test('a lease is one step, and so is the next one', () => {
  expect(words(rowOf('Pending'), rowOf('Leased', 1), context)).toEqual(['leased 2000']);
  expect(words(rowOf('Pending', 1, 1), rowOf('Leased', 2, 1), context)).toEqual(['leased 2000']);
});

test('a lease that was given back is not a refusal', () => {
  expect(words(rowOf('Leased', 1), rowOf('Pending', 1), context)).toEqual(['returned 5000']);
});

test('a refusal carries its reason, and the last one also ends the request', () => {
  const refusal = { ...context, refusal: 'no exit leads there' };
  expect(words(rowOf('Leased', 1), rowOf('Pending', 1, 1), refusal)).toEqual(['refused 5000 no exit leads there']);
  const dead = { ...context, reason: 'no exit leads there' };
  expect(words(rowOf('Leased', 3, 2), rowOf('Dead', 3, 3, 66_000), dead)).toEqual([
    'refused 5000 no exit leads there',
    'dead 6000 no exit leads there',
  ]);
});

test('an end without an action carries its reason and the time at which the world ended it', () => {
  const late = { ...context, reason: 'the deadline passed' };
  expect(words(rowOf('Pending'), rowOf('Expired', 0, 0, 64_000), late)).toEqual(['expired 4000 the deadline passed']);
});

test('a change without a step says nothing', () => {
  expect(words(rowOf('Leased', 1), rowOf('Leased', 1), context)).toEqual([]);
  expect(words(rowOf('Done', 1, 0, 63_000), rowOf('Done', 1, 0, 63_000), context)).toEqual([]);
});
