import { readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { layOut } from './layout.ts';
import type { Exit, Place } from './news.ts';

const map = JSON.parse(readFileSync('spike/world/map.json', 'utf8')) as {
  places: { key: string; name: string; description: string }[];
  exits: { from: string; direction: string; to: string }[];
};
const idOf = (key: string) => map.places.findIndex((place) => place.key === key);
const places: Place[] = map.places.map(({ name, description }, id) => ({ id, name, description }));
const exits: Exit[] = map.exits.map(({ from, direction, to }) => ({ from: idOf(from), direction, to: idOf(to) }));
const points = layOut(places, exits);
const at = (id: number) => points.get(id) ?? { x: NaN, y: NaN };

test('every place of the map has its own spot within the frame', () => {
  expect(points.size).toBe(places.length);
  for (const { x, y } of points.values()) for (const value of [x, y]) expect(value >= 0 && value <= 1).toBe(true);
  for (const a of points.keys()) {
    for (const b of points.keys()) {
      if (a < b) expect(Math.hypot(at(a).x - at(b).x, at(a).y - at(b).y), `${a} and ${b}`).toBeGreaterThan(0.12);
    }
  }
});

test('north is up and east is right, along every exit', () => {
  for (const { from, direction, to } of exits) {
    if (direction === 'north') expect(at(to).y, `${from} north ${to}`).toBeLessThan(at(from).y);
    if (direction === 'east') expect(at(to).x, `${from} east ${to}`).toBeGreaterThan(at(from).x);
  }
});

test('the same world has the same map', () => {
  expect(layOut(places, exits)).toEqual(points);
});

test('one place, places apart, and exits without a compass have a map too', () => {
  const [a, b, c] = places;
  if (!a || !b || !c) throw new Error('the map has three places');
  expect(layOut([a], [])).toEqual(new Map([[0, { x: 0.5, y: 0.5 }]]));
  const up = [{ from: 0, direction: 'up the steps', to: 1 }];
  const all = [...layOut([a, b, c], up).values()];
  expect(all.flatMap(({ x, y }) => [x, y]).every(Number.isFinite)).toBe(true);
  expect(new Set(all.map(({ x, y }) => `${x} ${y}`)).size).toBe(3);
});
