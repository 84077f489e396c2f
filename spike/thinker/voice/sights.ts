/** What a place gives people to talk about, and the stall that is kept there. */
export interface Sights {
  lines: string[];
  /** Who keeps the stall, and what it is known for. */
  stall?: { keeper: string; goods: string[] };
}
