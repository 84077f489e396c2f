/** The rows of the world. None is ever changed in place: a change replaces it, so a store may write it at leisure. */

export const ROUTINES = ['Patrol', 'Wander', 'Trade', 'Rest', 'PlayerControlled'] as const;
export type Routine = (typeof ROUTINES)[number];
export type Role = 'Owner' | 'Thinker' | 'Archivist' | 'Player';

/** Moments and spans are in microseconds; moments count from 1970. */
export type Micros = number;

export interface Agent {
  /** Dense from 0, so that a cohort of neighbours is a range. */
  readonly id: number;
  readonly place: number;
  readonly routine: Routine;
  /** `NOBODY` for none. */
  readonly route: number;
  /** Index into the route's stops of the one last reached. */
  readonly step: number;
}

export interface Newcomer {
  readonly agent: Agent;
  readonly name: string;
  readonly persona: string;
}

export interface Player {
  readonly identity: string;
  /** The body that this player leads. */
  readonly agent: number;
  readonly online: boolean;
}

export interface Holding {
  /** `TREASURY` or an agent. */
  readonly holder: number;
  readonly good: number;
  /** 0: the holder has none any more. */
  readonly quantity: number;
}

export type EventKind = 'say' | 'go' | 'give' | 'buy' | 'sell' | 'wait' | 'arrive' | 'no_answer';

/** What happened because somebody decided it; the columns mean what `spike/world/src/core/event.rs` says. */
export interface WorldEvent {
  readonly id: number;
  readonly version: number;
  readonly tick: number;
  readonly at: Micros;
  readonly place: number;
  readonly kind: EventKind;
  readonly subject: number;
  readonly object: number;
  readonly quantity: number;
  readonly gold: number;
  readonly words: string;
  readonly request: number;
}

export interface SpokenLine {
  readonly speaker: number;
  readonly words: string;
}

/** The last lines said in a place, oldest first. */
export interface Said {
  readonly place: number;
  readonly lines: readonly SpokenLine[];
}

export interface Clock {
  /** Number of the last tick that ran; skipped ticks have numbers too. */
  readonly tick: number;
  /** When that tick was due. */
  readonly due: Micros;
  /** The world's time at that tick. It never goes back. */
  readonly now: Micros;
  readonly nextTick: number;
  readonly nextDue: Micros;
  readonly period: Micros;
  /** Every agent acts once in so many ticks. */
  readonly actEvery: number;
  /** Every agent reflects once in so many acts; 0 is never. */
  readonly reflectEvery: number;
  readonly paused: boolean;
  /** Why the world stands still, or empty. While it does, nobody acts and nothing is leased. */
  readonly notice: string;
  readonly skipped: number;
}

export type ThinkState = 'Pending' | 'Leased' | 'Done' | 'Dead' | 'Expired';

export interface ThinkRequest {
  readonly id: number;
  readonly agent: number;
  /** The agent of the player who asked, or `NOBODY` for a reflection. */
  readonly asker: number;
  readonly priority: 'Question' | 'Reflection';
  readonly state: ThinkState;
  /** Answers that were refused, and leases that expired. */
  readonly attempts: number;
  readonly leaseEpoch: number;
  /** Identity of the holder, or empty. */
  readonly leaseOwner: string;
  readonly leasedAt: Micros;
  readonly askedAt: Micros;
  readonly notBefore: Micros;
  readonly deadline: Micros;
  /** When the reaper must look at it again: end of lease, deadline or removal. */
  readonly reapAt: Micros;
  /** Why the last answer was refused, for the next attempt. */
  readonly refusal: string;
  /** The event that its action wrote, or 0. */
  readonly event: number;
  /** Why it ended without one. */
  readonly reason: string;
}

/** What a mind is told: versioned JSON of the shape that `spike/world/src/slow_path/context.rs` describes. */
export interface ThinkContext {
  readonly request: number;
  readonly version: number;
  readonly observedTick: number;
  readonly payload: string;
}

/** Counters of the think queue, and the calls of the current minute. */
export interface ThinkStats {
  readonly done: number;
  readonly dead: number;
  readonly expired: number;
  readonly coalesced: number;
  readonly rejected: number;
  /** Minutes since 1970. */
  readonly minute: number;
  readonly calls: number;
}

export interface MindPolicy {
  readonly mode: 'Normal' | 'Slow' | 'Stopped';
  readonly callsPerMinute: number;
}

export interface RoleGrant {
  readonly identity: string;
  readonly role: Role;
}
