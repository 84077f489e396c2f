import { readMap, type WorldMap } from './map.ts';

/** Of the first region, and of a world that has no other. */
export const DATABASE = 'spellkave';

/** A part of a world that is a database of its own. */
export interface Region {
  /** Counts from 0. The ids of agents begin with it, so it never changes. */
  readonly number: number;
  /** What others call it; empty in a world of one region. */
  readonly name: string;
  readonly database: string;
  readonly map: WorldMap;
}

/** The region of a world that is not divided. Its map is read only when the world is founded. */
export const UNDIVIDED: Region = {
  number: 0,
  name: '',
  database: DATABASE,
  get map() {
    return readMap();
  },
};

/** A text with the name of its region in front, in a world of several regions. */
export function of({ name }: Region, text: string): string {
  return name ? `${name}: ${text}` : text;
}
