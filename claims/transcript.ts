import { z } from 'zod';

/** One thing that was asked in an experiment, and what came of it, as it was. Untrusted words: a page must escape them. */
export const Exchange = z.strictObject({
  /** What was asked, or why somebody thought. */
  question: z.string(),
  /** What the one who answered knew, in short. */
  context: z.string(),
  /** As it was written, cut off after 600 characters. Empty when there was none. */
  answer: z.string().max(600),
  /** What the world did with it. */
  outcome: z.string(),
  milliseconds: z.int().nonnegative(),
});
export type Exchange = z.infer<typeof Exchange>;

export const LONGEST_ANSWER = 600;

/** At most `count` of the exchanges, at equal distances, so that nobody chooses them. */
export function spread<T>(all: T[], count: number): T[] {
  if (all.length <= count) return all;
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)] as T);
}
