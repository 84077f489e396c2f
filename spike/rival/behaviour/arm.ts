import type { Action } from '../world/action.ts';

/**
 * What an arm promises. The suite checks each promise, and prints those that an arm does not make as *not offered*.
 */
export interface Guarantees {
  /** After a crash of its server, no acknowledged act that is older than this is lost; in milliseconds. */
  actsKeptAfterMs: number;
  /** The same of where somebody is. */
  positionsKeptAfterMs: number;
  /** A name that only looks like another one is rejected. */
  lookalikeNames: boolean;
}

/** Somebody who calls: an identity of this world. */
export interface Caller {
  readonly name: string;
  /** The id of the body, of a player who has joined. */
  readonly agent: number;
  /** @throws Rejection with the world's reason */
  call(command: string, ...args: unknown[]): Promise<void>;
}

export interface Lease {
  readonly request: number;
  readonly leaseEpoch: number;
  /** What the mind is told. */
  readonly payload: string;
  readonly refusal: string;
}

export interface Thinker extends Caller {
  /** Leases up to `count` requests. */
  lease(count: number): Promise<Lease[]>;
}

export type { Action };

/** The world rejected a call. The message is its reason. */
export class Rejection extends Error {}

/** The world at one moment, as its owner sees it; lists are by id. */
export interface Census {
  readonly tick: number;
  readonly agents: readonly { readonly id: number; readonly place: number }[];
  readonly holdings: readonly { readonly holder: number; readonly good: number; readonly quantity: number }[];
  readonly events: readonly CensusEvent[];
  readonly requests: readonly {
    readonly id: number;
    readonly agent: number;
    readonly state: string;
    readonly leaseEpoch: number;
  }[];
}

export interface CensusEvent {
  readonly id: number;
  readonly kind: string;
  readonly place: number;
  readonly subject: number;
  readonly object: number;
  readonly quantity: number;
  readonly gold: number;
  readonly words: string;
  readonly request: number;
}

/** Everything that somebody is sent, once they have subscribed to all that they can. */
export interface Listener {
  /** Whether a text was sent, in whatever message. */
  heard(text: string): boolean;
  close(): Promise<void> | void;
}

/** A world of the map file on one arm. */
export interface ArmWorld {
  readonly owner: Caller;
  /** Somebody who has joined. */
  player(name: string): Promise<Caller>;
  /** Somebody without a role and without a body. */
  stranger(): Promise<Caller>;
  thinker(): Promise<Thinker>;
  listen(as: Caller): Promise<Listener>;
  census(): Promise<Census>;
  /** Kills the server with SIGKILL, and starts it again on the same data. Callers stay who they are. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

export interface Arm {
  readonly name: string;
  readonly offers: Guarantees;
  open(): Promise<ArmWorld>;
}
