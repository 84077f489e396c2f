import type { Rows } from '../../export/file/rows.ts';
import type { Micros, ThinkContext, ThinkRequest, ThinkStats } from '../world/rows.ts';
import { exact } from './exact.ts';

/** The slow path of a delta. */
export interface Thinking {
  requests: ThinkRequest[];
  contexts: ThinkContext[];
  stats: ThinkStats;
}

/**
 * Think requests with what their minds are told. A lease does not move: its holder is a client of the other world, so the
 * request waits again, at no cost of an attempt, and its epoch still fences.
 * @param stoodStill for how long the world stood still: deadlines are so much later
 */
export function thinkingOf(rows: Rows, stoodStill: Micros): Thinking {
  const contexts = new Map(rows.think_context.map((row) => [row.request, row]));
  const outcomes = new Map(rows.think_outcome.map((row) => [row.request, row]));
  const later = (moment: bigint) => exact(moment) + stoodStill;
  const requests = rows.think_request.map((row): ThinkRequest => {
    const isLeased = row.state === 'Leased';
    const deadline = later(row.deadline);
    return {
      id: exact(row.id),
      agent: row.agent,
      asker: row.asker,
      priority: row.priority,
      state: isLeased ? 'Pending' : row.state,
      attempts: row.attempts,
      leaseEpoch: exact(row.lease_epoch),
      leaseOwner: isLeased ? '' : (row.lease_owner ?? ''),
      leasedAt: later(row.leased_at),
      askedAt: later(row.asked_at),
      notBefore: later(row.not_before),
      deadline,
      reapAt: isLeased ? deadline : later(row.reap_at_us),
      refusal: contexts.get(row.id)?.refusal ?? '',
      event: exact(outcomes.get(row.id)?.event ?? 0n),
      reason: outcomes.get(row.id)?.reason ?? '',
    };
  });
  return {
    requests: requests.sort((a, b) => a.id - b.id),
    contexts: rows.think_context.map(({ request, version, observed_tick, payload }) => ({
      request: exact(request),
      version,
      observedTick: exact(observed_tick),
      payload,
    })),
    stats: statsOf(rows),
  };
}

function statsOf({ think_queue: [queue], think_budget: [budget] }: Rows): ThinkStats {
  return {
    done: exact(queue?.done ?? 0n),
    dead: exact(queue?.dead ?? 0n),
    expired: exact(queue?.expired ?? 0n),
    coalesced: exact(queue?.coalesced ?? 0n),
    rejected: exact(queue?.rejected ?? 0n),
    minute: exact(budget?.minute ?? 0n),
    calls: budget?.calls ?? 0,
  };
}
