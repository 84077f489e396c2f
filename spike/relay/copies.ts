import type { Passport } from '../client/bindings/passport_type.ts';
import type { Traveller } from '../client/bindings/traveller_type.ts';
import { homeOf } from '../client/world-constants.ts';

/** What one region knows of somebody, and which region it is. */
export interface View {
  region: number;
  passport: Passport | undefined;
}

/** How two regions that disagree about somebody come to agree. `at` is the region that knows less. */
export type Mending =
  | { at: 'here'; call: 'supersede'; hops: number; region: number }
  | { at: 'here'; call: 'recover'; traveller: Traveller };

/** Whether a region has a living copy of somebody, as far as passports tell: a resident who never left has none. */
export function holds(agent: number, { region, passport }: View): boolean {
  return passport ? passport.region === region : homeOf(agent) === region;
}

/**
 * What `here` must do about somebody of whom `there` knows more crossings. That only happens when `here` was restored
 * from a copy that is older: in an ordinary journey the region that lets go writes the same number down first.
 * @param isOnTheWay whether a journey of theirs between the two has not ended
 * @returns undefined when the two do not contradict each other
 */
export function mend(here: View, there: View & { passport: Passport }, isOnTheWay: () => boolean): Mending | undefined {
  const { agent, hops, region, farewell } = there.passport;
  if (hops <= (here.passport?.hops ?? 0)) return undefined;
  if (region !== here.region) return holds(agent, here) ? { at: 'here', call: 'supersede', hops, region } : undefined;
  // Who is on the way arrives by that journey. Brought back besides, they would arrive twice, with twice their goods.
  if (!farewell || isOnTheWay()) return undefined;
  // Somebody went away and came back since the copy was made. The older copy goes first, as if it had just left.
  if (holds(agent, here)) return { at: 'here', call: 'supersede', hops: hops - 1, region: there.region };
  return { at: 'here', call: 'recover', traveller: farewell };
}
