import type { Point } from './layout.ts';

/** An agent on the map: where it is or on its way to. */
export interface Dot {
  place: number;
  seat: number;
  from: Point;
  to: Point;
  /** When it set out, by `performance.now()`, and how long the way takes, in milliseconds. */
  began: number;
  lasts: number;
}

/** Slow at both ends of its way. */
export function whereIs({ from, to, began, lasts }: Dot, now: number): Point {
  const share = lasts > 0 ? Math.min(1, Math.max(0, (now - began) / lasts)) : 1;
  const eased = share * share * (3 - 2 * share);
  return { x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased };
}
