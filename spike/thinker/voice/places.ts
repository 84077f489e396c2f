import { OUTSIDE } from './places-outside.ts';
import { IN_TOWN } from './places-town.ts';
import type { Sights } from './sights.ts';

/** By the name of the place. A place that is not here has its name only. */
export const PLACES: Record<string, Sights> = { ...IN_TOWN, ...OUTSIDE };
