import { z } from 'zod';
import { Arm } from './check.ts';

const Summary = { n: z.int().positive(), p50: z.number(), p90: z.number(), p99: z.number(), max: z.number() };
const Curve = {
  arm: Arm,
  label: z.string(),
  name: z.string(),
  unit: z.string(),
  ...Summary,
  /** The quantile function at 0 %, 1 %, … 100 %: enough to draw the whole distribution. */
  quantiles: z.array(z.number()).length(101),
};
export const Distribution = z.strictObject({
  ...Curve,
  /** The same summary of each round; empty in schema 1, which did not keep it. */
  rounds: z.array(z.strictObject(Summary)),
});
export type Distribution = z.infer<typeof Distribution>;

/** The form of schema 1. */
export const Distribution1 = z.strictObject(Curve).transform((curve): Distribution => ({ ...curve, rounds: [] }));

export const Tally = z.strictObject({
  arm: Arm,
  label: z.string(),
  /** How often each outcome was seen, e.g. `{ refused: 20, committed: 0 }`. */
  outcomes: z.record(z.string(), z.int().nonnegative()),
});
export type Tally = z.infer<typeof Tally>;
