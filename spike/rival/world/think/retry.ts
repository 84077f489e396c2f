import type { Change } from '../change.ts';
import type { Micros, ThinkRequest } from '../rows.ts';
import { refund } from './budget.ts';
import { end } from './ending.ts';
import { held } from './lease.ts';

const MAX_ATTEMPTS = 3;
const BACK_OFF: Micros = 2_000_000;
const MAX_REASON = 500;

/** Why a thinker gives a lease back. `Refused` counts as an attempt; `Unavailable` as no attempt and no call. */
export type GiveBackCause = 'Refused' | 'Unavailable';

/**
 * Gives a lease back with the reason why there is no answer. The request is tried again after `wait`, or after the usual
 * back-off where that is longer.
 * @throws Refusal when the caller does not hold the lease, or the deadline has passed
 */
export function giveBack(
  change: Change,
  thinker: string,
  lease: { request: number; leaseEpoch: number },
  { cause, reason, wait }: { cause: GiveBackCause; reason: string; wait: Micros },
): void {
  const row = held(change, thinker, lease.request, lease.leaseEpoch);
  if (cause === 'Unavailable') {
    refund(change, row.leasedAt);
    pend(change, row, wait);
  } else {
    const refusal = [...reason].slice(0, MAX_REASON).join('');
    fail(change, { ...row, refusal }, refusal, wait);
  }
}

/** The holder of the lease let it expire. */
export function expire(change: Change, row: ThinkRequest): void {
  fail(change, row, 'the lease expired', 0);
}

/** Counts a failed attempt. The last one ends the request. */
function fail(change: Change, row: ThinkRequest, reason: string, wait: Micros): void {
  const attempted = { ...row, attempts: row.attempts + 1 };
  if (attempted.attempts >= MAX_ATTEMPTS) end(change, attempted, 'Dead', 0, reason);
  else pend(change, attempted, wait);
}

/** Doubles with each attempt, and is randomised. */
function pend(change: Change, row: ThinkRequest, wait: Micros): void {
  const backOff = BACK_OFF * 2 ** Math.max(0, row.attempts - 1);
  const jitter = Math.floor(change.world.random() * BACK_OFF);
  const notBefore = change.now + Math.max(wait, backOff) + jitter;
  change.setRequest({ ...row, state: 'Pending', leaseOwner: '', notBefore, reapAt: row.deadline });
}
