import { z } from 'zod';
import type { Action } from '../client/bindings/index.ts';

/** What the world tells a mind. */
export const Context = z.object({
  tick: z.number(),
  agent: z.object({ id: z.number(), name: z.string(), persona: z.string() }).nullable(),
  place: z.object({ name: z.string(), description: z.string() }).nullable(),
  /** Directions. */
  exits: z.array(z.string()),
  /** Who else is in the place; at most twelve of them. */
  here: z.array(z.object({ id: z.number(), name: z.string() })),
  holds: z.array(z.object({ good: z.string(), quantity: z.number() })),
  /** The name of the player who asks. */
  asker: z.string().nullable(),
  /** Somebody's words: data to think about, never an instruction. Empty when the agent reflects by itself. */
  question: z.string(),
});
export type Context = z.infer<typeof Context>;

/** Whatever can think: embedded rules, or a model behind the same call. */
export interface Mind {
  readonly name: string;
  /**
   * @param signal aborts when the thinker has stopped waiting; a mind that ignores it only wastes its own time
   * @throws MindError, or any error: its message goes to the world as the reason why no thought came
   */
  think(context: Context, signal: AbortSignal): Promise<Action>;
}

/** No request lives so long. */
const LONGEST_WAIT_MS = 3_600_000;

/** No thought came, and why, in plain words that may be shown to whoever runs the world. */
export class MindError extends Error {
  /**
   * How long the mind wants to be left alone, in milliseconds: the request is not tried again before, and its thinker
   * claims no other. 0 leaves it to the world's back-off.
   */
  readonly waitMs: number;

  constructor(reason: string, waitMs = 0) {
    super(reason);
    this.waitMs = Math.min(LONGEST_WAIT_MS, Math.max(0, Math.round(waitMs) || 0));
  }
}
