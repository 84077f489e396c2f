import { expect, test } from 'playwright/test';
import { Seats } from './seats.ts';

test('a newcomer takes the first free seat, and all are apart and within the place', () => {
  const seats = new Seats();
  seats.arrange(new Map([[3, { x: 100, y: 50 }]]), 20);
  const taken = Array.from({ length: 100 }, (_, agent) => seats.take(agent, 3).seat);
  const points = taken.map((seat) => seats.point(3, seat));
  for (const { x, y } of points) expect(Math.hypot(x - 100, y - 50)).toBeLessThan(20);
  expect(new Set(points.map(({ x, y }) => `${x} ${y}`)).size).toBe(100);
  seats.leave(3, 7);
  expect(seats.take(100, 3)).toEqual({ seat: 7, crowd: [] });
});

test('one more than there is room for makes everybody move closer', () => {
  const seats = new Seats();
  const crowds = Array.from({ length: 9 }, (_, agent) => seats.take(agent, 0).crowd.length);
  expect(crowds).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 8]);
  expect(seats.mostSeats).toBe(16);
});
