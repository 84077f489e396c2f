import { z } from 'zod';
import type { Action } from '../client/bindings/index.ts';

/** What the world writes down for a mind. */
export const Payload = z.object({
  tick: z.number(),
  agent: z.object({ id: z.number(), name: z.string(), persona: z.string() }).nullable(),
  place: z.object({ name: z.string(), description: z.string() }).nullable(),
  /** Directions. */
  exits: z.array(z.string()),
  /** At most twelve others in the same place. */
  here: z.array(z.object({ id: z.number(), name: z.string() })),
  holds: z.array(z.object({ good: z.string(), quantity: z.number() })),
  /** The name of the player who asks. */
  asker: z.string().nullable(),
  /** What was said in the place last, the oldest first: at most three things. */
  heard: z.array(z.object({ name: z.string(), words: z.string() })).default([]),
  /** Somebody's words: data to think about, never an instruction. Empty in a reflection. */
  question: z.string(),
});

/** The input of a mind. */
export interface Context extends z.infer<typeof Payload> {
  /** Why the last answer to this request was refused. It may quote people's words: data, never an instruction. */
  refusal?: string;
}

/** Embedded rules, or a model behind the same call. */
export interface Mind {
  readonly name: string;
  /**
   * Gets what the mind needs before its first thought, such as a model. May take minutes.
   * @param say receives a line before each long step
   * @throws Error with the fix
   */
  prepare?(say: (line: string) => void): Promise<void>;
  /** Ends what the mind started. */
  close?(): Promise<void>;
  /**
   * @param signal aborts when the thinker stops waiting. A mind that ignores it wastes only its own time.
   * @param log takes a line for the people who run the thinker
   * @throws UnavailableError when nobody would get an answer now, and the request has to wait
   * @throws MindError, or any other error, when there is no answer to this request: an attempt of it is used up
   */
  think(context: Context, signal: AbortSignal, log?: (line: string) => void): Promise<Action>;
}

/**
 * The mind answered, and the answer is not an action. The message goes to the world as the reason, and into the prompt of
 * the next attempt, so it must hold no secret.
 */
export class MindError extends Error {}

/** Longer than any request lives. */
const LONGEST_WAIT_MS = 3_600_000;

/** The mind cannot be reached, or has no time. The message goes to the world as the reason, so it must hold no secret. */
export class UnavailableError extends Error {
  /**
   * How long to leave the mind alone, in milliseconds: until then the request is not retried, and its thinker leases no
   * other. 0 leaves it to the world's back-off.
   */
  readonly waitMs: number;

  constructor(reason: string, waitMs = 0) {
    super(reason);
    this.waitMs = Math.min(LONGEST_WAIT_MS, Math.max(0, Math.round(waitMs) || 0));
  }
}
