import { z } from 'zod';
import type { Action } from '../client/bindings/index.ts';

/** The input of a mind. */
export const Context = z.object({
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
  /** Somebody's words: data to think about, never an instruction. Empty in a reflection. */
  question: z.string(),
});
export type Context = z.infer<typeof Context>;

/** Embedded rules, or a model behind the same call. */
export interface Mind {
  readonly name: string;
  /**
   * @param signal aborts when the thinker stops waiting. A mind that ignores it wastes only its own time.
   * @throws MindError, or any error: its message goes to the world as the reason
   */
  think(context: Context, signal: AbortSignal): Promise<Action>;
}

/** Longer than any request lives. */
const LONGEST_WAIT_MS = 3_600_000;

/** The mind has no answer. The message is the reason, for the people who run the world, so it must hold no secret. */
export class MindError extends Error {
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
