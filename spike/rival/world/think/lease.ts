/**
 * Think requests live in memory with the world, and not in a job queue such as pg-boss. Its jobs can be fenced by their
 * retry count, but in the database: no step would cover that check and its effect in memory. And its retry count is
 * attempt and fence in one, while a mind that is unavailable must cost no attempt.
 */
import { LEASE_MS } from '../../../client/world-constants.ts';
import { apply, type Action } from '../action.ts';
import type { Change } from '../change.ts';
import { Refusal } from '../refusal.ts';
import type { Micros, ThinkRequest } from '../rows.ts';
import { callsLeft, spend } from './budget.ts';
import { end } from './ending.ts';

/** Leased in one call: more would hold the clock while others wait. */
const MAX_LEASES = 100;

/** A leased request with everything that its thinker needs. */
export interface Lease {
  readonly request: number;
  readonly leaseEpoch: number;
  readonly agent: number;
  readonly deadline: Micros;
  readonly payload: string;
  readonly refusal: string;
}

/** Leases up to `count` ready requests, questions first and the oldest first, within this minute's calls. */
export function lease(change: Change, thinker: string, count: number): Lease[] {
  const { world, now } = change;
  const most = Math.min(count, MAX_LEASES, callsLeft(world, now));
  const ready = [...readyOf(change, 'Question', most)];
  ready.push(...readyOf(change, 'Reflection', most - ready.length));
  if (ready.length > 0) spend(change, ready.length);
  return ready.map((row) => {
    const leaseEpoch = row.leaseEpoch + 1;
    const { id: request, agent, deadline, refusal } = row;
    change.setRequest({
      ...row,
      state: 'Leased',
      leaseEpoch,
      leaseOwner: thinker,
      leasedAt: now,
      reapAt: leaseEnd(row, now),
    });
    return { request, leaseEpoch, agent, deadline, refusal, payload: world.contexts.get(request)?.payload ?? '' };
  });
}

/**
 * Applies a mind's answer in the act that checks it. A repeat of an accepted answer does nothing.
 * @throws Refusal when the caller does not hold the lease, the deadline has passed, or the present world forbids the action
 */
export function submit(change: Change, thinker: string, id: number, leaseEpoch: number, action: Action): void {
  const row = find(change, id);
  if (row.state === 'Done' && row.leaseOwner === thinker && row.leaseEpoch === leaseEpoch) return;
  checkLease(row, thinker, leaseEpoch, change.now);
  const event = apply(change, row.agent, action, { asker: row.asker, request: id });
  end(change, row, 'Done', event, '');
}

/**
 * Makes a lease last again from now, but never past the deadline. The epoch stays.
 * @throws Refusal when the caller does not hold the lease, or the deadline has passed
 */
export function renew(change: Change, thinker: string, id: number, leaseEpoch: number): void {
  const row = held(change, thinker, id, leaseEpoch);
  change.setRequest({ ...row, reapAt: leaseEnd(row, change.now) });
}

/** @throws Refusal when the caller does not hold the lease of that epoch, or the deadline has passed */
export function held(change: Change, thinker: string, id: number, leaseEpoch: number): ThinkRequest {
  const row = find(change, id);
  checkLease(row, thinker, leaseEpoch, change.now);
  return row;
}

function find({ world }: Change, id: number): ThinkRequest {
  const row = world.open.get(id) ?? world.ended.get(id);
  if (!row) throw new Refusal(`there is no think request ${id}`);
  return row;
}

/** The epoch fences: a holder who comes back with an older one changes nothing. */
function checkLease(row: ThinkRequest, thinker: string, leaseEpoch: number, now: Micros): void {
  const label = `think request ${row.id}`;
  if (row.state !== 'Leased') throw new Refusal(`${label} is ${row.state}, not leased`);
  if (row.leaseOwner !== thinker) throw new Refusal(`${label} is leased to somebody else`);
  if (row.leaseEpoch !== leaseEpoch)
    throw new Refusal(`${label} is at lease epoch ${row.leaseEpoch}, not ${leaseEpoch}`);
  if (now >= row.deadline) throw new Refusal(`the deadline of ${label} has passed`);
}

function* readyOf({ world, now }: Change, priority: ThinkRequest['priority'], most: number): Generator<ThinkRequest> {
  if (most <= 0) return;
  let found = 0;
  for (const row of world.open.values()) {
    if (row.priority !== priority || row.state !== 'Pending' || row.notBefore > now || row.deadline <= now) continue;
    yield row;
    if (++found === most) return;
  }
}

function leaseEnd({ deadline }: ThinkRequest, now: Micros): Micros {
  return Math.min(now + LEASE_MS * 1_000, deadline);
}
