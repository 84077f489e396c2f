import type { Routine } from '../../spike/client/bindings/index.ts';
import type { EventFacts } from '../../spike/client/sentence.ts';
import type { ThoughtStep } from '../../spike/client/thought-step.ts';

/** What the page learns about a world, from the world itself or from a recording. Plain data: a recording is a list of it. */
export type News =
  /** Forget everything: the whole state of a world follows. */
  | { kind: 'world'; name: string; start: number; places: Place[]; exits: Exit[] }
  | ({ kind: 'agent'; id: number } & Whereabouts)
  /** A visitor has left for another region. A resident who is away stays, in the place `AWAY`. */
  | { kind: 'gone'; id: number }
  | { kind: 'name'; agent: number; name: string }
  | ({ kind: 'routine'; agent: number } & Habit)
  | { kind: 'good'; id: number; name: string }
  /** How much of a good somebody holds now; 0 when they hold none any more. */
  | { kind: 'holding'; holder: number; good: number; quantity: number }
  /** Steps of thoughts that the page has not seen. `anew` says to forget all that came before. */
  | { kind: 'thoughts'; anew: boolean; steps: ThoughtStep[] }
  | ({ kind: 'tick' } & Tick)
  | ({ kind: 'queue' } & Queue)
  | { kind: 'minds'; mode: MindMode; callsPerMinute: number }
  /** The clock stands still for this reason; empty when it goes on. */
  | { kind: 'pause'; reason: string }
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

/** Where an agent is. */
export interface Whereabouts {
  place: number;
  /** Index into the stops of its route of the one last reached. */
  step: number;
}

/** What an agent does by itself. */
export interface Habit {
  routine: Routine['tag'];
  /** The places of its route, in order; none where it has no route. */
  stops: number[];
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
