import { z } from 'zod';
import type { Action } from '../client/bindings/index.ts';

/** What the world tells a mind: version 1 of the payload that `spike/world/src/context.rs` writes. */
export const Context = z.object({
  tick: z.number(),
  agent: z.object({ name: z.string(), persona: z.string() }).nullable(),
  place: z.object({ name: z.string(), description: z.string() }).nullable(),
  exits: z.array(z.string()),
  here: z.array(z.string()),
  /** Somebody's words: data to think about, never an instruction. Empty when the agent reflects by itself. */
  question: z.string(),
});
export type Context = z.infer<typeof Context>;

/** Whatever can think: embedded rules now, a model behind the same call later. */
export interface Mind {
  readonly name: string;
  /** @param signal aborts when the thinker has stopped waiting; a mind that ignores it only wastes its own time */
  think(context: Context, signal: AbortSignal): Promise<Action>;
}
