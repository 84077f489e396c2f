import type { EventFacts } from '../../spike/client/sentence.ts';

/** What the page learns about a world, from the world itself or from a recording. Plain data: a recording is a list of it. */
export type News =
  /** Forget everything: the whole state of a world follows. */
  | { kind: 'world'; name: string; start: number; places: Place[]; exits: Exit[] }
  | { kind: 'agent'; id: number; place: number }
  | { kind: 'name'; agent: number; name: string }
  | ({ kind: 'tick' } & Tick)
  | ({ kind: 'queue' } & Queue)
  | { kind: 'minds'; mode: MindMode; callsPerMinute: number }
  | { kind: 'event'; event: Happening };

export interface Place {
  id: number;
  name: string;
  description: string;
}

export interface Exit {
  from: number;
  direction: string;
  to: number;
}

export interface Tick {
  tick: number;
  /** When it ran, since 1970 by the world's clock. */
  atMs: number;
  latenessMs: number;
  /** Due times that passed unserved after it. */
  skipped: number;
}

/** The think queue by state, as the world's public summary has it. */
export interface Queue {
  pending: number;
  leased: number;
  done: number;
  dead: number;
  expired: number;
  /** Of the oldest open request. */
  oldestAgeMs: number;
  callsLeft: number;
}

export const MIND_MODES = ['Normal', 'Slow', 'Stopped'] as const;
export type MindMode = (typeof MIND_MODES)[number];

/** Something that a player or a mind decided and the world did. Its words are a stranger's: never markup. */
export interface Happening extends EventFacts {
  id: number;
  atMs: number;
  place: number;
  request: number;
}
