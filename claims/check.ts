import { z } from 'zod';

/**
 * Which part of an experiment a figure belongs to: the mechanism under test, the same run without the load
 * (where the claim is a comparison), or the run in which the mechanism is broken on purpose.
 */
export const Arm = z.enum(['subject', 'baseline', 'control']);
export type Arm = z.infer<typeof Arm>;

const Figure = {
  arm: Arm,
  /** `distribution.quantile` or a count, e.g. `lateness.p99`; the anchor that a citation points at. */
  name: z.string().regex(/^[a-z][\w.-]*$/),
  value: z.number(),
  unit: z.string(),
  comparison: z.enum(['at most', 'at least', 'exactly']),
  limit: z.number(),
  ok: z.boolean(),
  /** The same figure in each round: the spread, and the worst round, come from these. */
  rounds: z.array(z.number()),
};
export const Check = z.strictObject({
  ...Figure,
  /** The figure in words. */
  label: z.string(),
  /** Load does not excuse this check; it counts even on an overloaded machine. */
  loadProof: z.boolean(),
  /** Whether the check decides. In a quick run absolute times do not, because they share the machine with other tests. */
  gating: z.boolean(),
});
export type Check = z.infer<typeof Check>;

/** The form of schema 1. */
export const Check1 = z
  .strictObject({ ...Figure, says: z.string(), timeless: z.boolean(), gates: z.boolean() })
  .transform(({ says, timeless, gates, ...figure }): Check => ({
    ...figure,
    label: says,
    loadProof: timeless,
    gating: gates,
  }));

/** What a citation of the figure ends in, after `#`. */
export function anchorOf({ arm, name }: Pick<Check, 'arm' | 'name'>): string {
  return arm === 'subject' ? name : `${arm}.${name}`;
}

/** Whether a citation can tell the checks apart. */
export function haveOwnAnchors(checks: Check[]): boolean {
  return new Set(checks.map(anchorOf)).size === checks.length;
}
