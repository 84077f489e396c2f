import type { Arrival } from '../client/bindings/arrival_type.ts';
import type { Departure } from '../client/bindings/departure_type.ts';

/** What a relay does next about one journey, and where. */
export type Step =
  | { at: 'arrival'; call: 'admit' | 'activate' | 'forgetArrival' }
  | { at: 'departure'; call: 'release' | 'takeBack' | 'forgetDeparture' };

/** One journey as both regions show it. A side is `undefined` where it has no row of the journey. */
export interface Journey {
  departure: Departure | undefined;
  arrival: Arrival | undefined;
  /**
   * Whether a side has shown what it shows for longer than its host takes to sync. Before that a crash may undo it, and
   * nothing may be done on its strength.
   */
  ripe: { departure: boolean; arrival: boolean };
}

/**
 * The next step of a journey, or `undefined` while there is nothing to do but wait. Every step that removes or revives a
 * copy of somebody rests on a row of the other region that has become durable.
 */
export function nextStep({ departure, arrival, ripe }: Journey): Step | undefined {
  if (!departure) return ripe.departure ? lastStep(arrival) : undefined;
  // Journeys are admitted in their order, so those that the other region has lost and those it never saw wait alike.
  if (!arrival) return ripe.departure && ripe.arrival ? { at: 'arrival', call: 'admit' } : undefined;
  if (departure.state.tag === 'Offered') return afterOffer(arrival, ripe);
  if (arrival.state.tag === 'Pending') return ripe.departure ? { at: 'arrival', call: 'activate' } : undefined;
  return ripe.arrival ? { at: 'departure', call: 'forgetDeparture' } : undefined;
}

function afterOffer(arrival: Arrival, ripe: Journey['ripe']): Step | undefined {
  if (!ripe.arrival) return undefined;
  return { at: 'departure', call: arrival.state.tag === 'Refused' ? 'takeBack' : 'release' };
}

/** The region of departure has forgotten the journey, or was restored from a copy that is older than it. */
function lastStep(arrival: Arrival | undefined): Step | undefined {
  if (!arrival) return undefined;
  return { at: 'arrival', call: arrival.state.tag === 'Pending' ? 'activate' : 'forgetArrival' };
}
