import type { Context } from '../mind.ts';
import { GOODS } from './goods.ts';
import { hourOf, linesOfHour } from './hours.ts';
import { PLACES } from './places.ts';
import { ROAD } from './traits-road.ts';
import { SHORE } from './traits-shore.ts';
import { TOWN } from './traits-town.ts';

const TRAITS = Object.entries({ ...TOWN, ...SHORE, ...ROAD });

/** What the words of a persona make its owner say. */
export function linesOfPersona(persona: string): string[] {
  return TRAITS.flatMap(([word, lines]) => (new RegExp(`\\b${word}\\b`, 'i').test(persona) ? lines : []));
}

/** What the place gives to talk about. */
export function linesOfPlace(place: string | undefined): string[] {
  return (place !== undefined && Object.hasOwn(PLACES, place) && PLACES[place]?.lines) || [];
}

/** What a thing in one's hands gives to talk about. */
export function linesOfGood(good: string): string[] {
  return (Object.hasOwn(GOODS, good) && GOODS[good]) || [];
}

/** What anybody can say at this time of the day. */
export function linesOfTime({ tick }: Context): string[] {
  return linesOfHour(hourOf(tick));
}
