import type { Exit, Place } from './news.ts';

export interface Point {
  x: number;
  y: number;
}

const COMPASS = new Map([
  ['north', { x: 0, y: -1 }],
  ['east', { x: 1, y: 0 }],
  ['south', { x: 0, y: 1 }],
  ['west', { x: -1, y: 0 }],
]);
const ROUNDS = 400;
const PULL = 0.1;
const LEAST_DISTANCE = 1;
/** Radians. A turn that never repeats spreads what has no direction of its own. */
export const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/**
 * Draws a map from its exits: north is up, an exit is one step long, and no two places are on top of each other.
 * Maps need not be flat, so each round moves everything a little towards that. The same world has the same map always.
 * @returns for each place where it is, 0 to 1 both ways
 */
export function layOut(places: Place[], exits: Exit[]): Map<number, Point> {
  const points = walkFrom(places, exits);
  for (let round = 0; round < ROUNDS; round++) {
    for (const exit of exits) follow(exit, points);
    for (const [one, a] of points) {
      for (const [other, b] of points) if (other > one) pushApart(a, b, other);
    }
  }
  return fit(points);
}

/** A first guess: each place one step from the one that leads to it. */
function walkFrom(places: Place[], exits: Exit[]): Map<number, Point> {
  const points = new Map<number, Point>();
  for (const { id } of places) {
    if (points.has(id)) continue;
    points.set(id, { x: points.size, y: 0 });
    const walk = [id];
    for (let from = walk.shift(); from !== undefined; from = walk.shift()) {
      for (const exit of exits) {
        const here = points.get(from);
        if (exit.from !== from || points.has(exit.to) || !here) continue;
        const step = COMPASS.get(exit.direction) ?? away(exit.to);
        points.set(exit.to, { x: here.x + step.x, y: here.y + step.y });
        walk.push(exit.to);
      }
    }
  }
  return points;
}

function follow({ from, direction, to }: Exit, points: Map<number, Point>): void {
  const [start, end] = [points.get(from), points.get(to)];
  const step = COMPASS.get(direction);
  if (!start || !end || !step) return;
  const dx = (start.x + step.x - end.x) * PULL;
  const dy = (start.y + step.y - end.y) * PULL;
  move(end, dx, dy);
  move(start, -dx, -dy);
}

function pushApart(a: Point, b: Point, id: number): void {
  const distance = Math.hypot(b.x - a.x, b.y - a.y);
  if (distance >= LEAST_DISTANCE) return;
  const push = (LEAST_DISTANCE - distance) / 2;
  const way = distance > 1e-6 ? { x: (b.x - a.x) / distance, y: (b.y - a.y) / distance } : away(id);
  move(b, way.x * push, way.y * push);
  move(a, -way.x * push, -way.y * push);
}

function fit(points: Map<number, Point>): Map<number, Point> {
  const span = (values: number[]) => {
    const low = Math.min(...values);
    const width = Math.max(...values) - low;
    return (value: number) => (width > 1e-6 ? (value - low) / width : 0.5);
  };
  const x = span([...points.values()].map((point) => point.x));
  const y = span([...points.values()].map((point) => point.y));
  return new Map([...points].map(([id, point]) => [id, { x: x(point.x), y: y(point.y) }]));
}

function away(id: number): Point {
  return { x: Math.cos(id * GOLDEN_ANGLE), y: Math.sin(id * GOLDEN_ANGLE) };
}

function move(point: Point, dx: number, dy: number): void {
  point.x += dx;
  point.y += dy;
}
