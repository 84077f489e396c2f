import { cite, type Cited } from './cited.ts';
import type { Claim } from './claim.ts';
import type { Assumptions } from './month-cost.ts';
import { DEFAULTS, type Default } from './month-defaults.ts';
import { diskPerDay } from './world-size.ts';

/** A default with its value: given with a source, or found by a claim. */
export interface Assumption extends Default {
  /** NaN while nothing has measured it. */
  value: number;
  /** Where a claim measures it; `label` names the figure that stands for a whole claim. */
  cited?: Cited & { label?: string };
}

type Measured = readonly Pick<Claim, 'id' | 'evidence'>[];

/** In the order of the table. */
export function readAssumptions(claims: Measured): Assumption[] {
  return DEFAULTS.map((one) => {
    const cited = one.measured ? measuredBy(one.measured, claims) : undefined;
    return { ...one, ...(cited && { cited }), value: one.given?.value ?? cited?.found?.value ?? NaN };
  });
}

/** The values alone, as the sum takes them. */
export function valuesOf(assumptions: readonly Assumption[]): Assumptions {
  return Object.fromEntries(assumptions.map(({ name, value }) => [name, value])) as unknown as Assumptions;
}

/** A claim alone stands for what it says of a day's growth: its figures may still get other names. */
function measuredBy(reference: string, claims: Measured): Assumption['cited'] {
  if (reference.includes('#')) return cite(reference, claims);
  const found = diskPerDay(claims);
  const isClaim = claims.some(({ id }) => id === reference);
  return { claim: reference, figure: found?.anchor ?? '', isClaim, ...(found && { found, label: found.label }) };
}
