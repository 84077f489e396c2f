import { expect, test } from 'playwright/test';
import { curvesOf, readStoppedMinds, stoppedMindsOf } from './stopped-minds.ts';

type News = Parameters<typeof stoppedMindsOf>[0]['news'];
const recording = (news: News) => ({ recordedAt: '2026-11-26T11:46:22.749Z', host: '1.2.0', news });
const tick = (heardMs: number, atMs: number, latenessMs: number, skipped = 0): News[number] => [
  heardMs,
  { kind: 'tick', tick: 1, atMs, latenessMs, skipped },
];
const queue = (atMs: number, pending: number): News[number] => [atMs, { kind: 'queue', pending, leased: 0 }];
const minds = (atMs: number, mode: string): News[number] => [atMs, { kind: 'minds', mode }];

const RUN = recording([
  // A minute of old ticks comes first; this one ran before the picture begins.
  tick(1, -60_000, 99),
  tick(5_000, 5_000, 2),
  minds(20_000, 'Stopped'),
  tick(30_000, 30_000, 3, 2),
  queue(30_000, 4),
  queue(40_000, 7),
  minds(50_000, 'Normal'),
  tick(55_000, 55_000, 4),
  queue(60_000, 0),
  tick(90_000, 90_000, 5),
]);

test('the picture shows the time without minds and a little around it', () => {
  const found = stoppedMindsOf(RUN);
  expect(found).toMatchObject({ from: 5, to: 65, stopped: { from: 20, to: 50 }, worstMs: 3, missed: 2, most: 7 });
  expect(found.ticks.map(({ at }) => at)).toEqual([5, 30, 55]);
});

test('a recording in which the minds never stop cannot be drawn', () => {
  expect(() => stoppedMindsOf(recording([minds(0, 'Normal')]))).toThrow('no time in which the minds are stopped');
});

test('the curves keep every worst tick, and lateness beyond the limit stays inside the box', () => {
  const curves = curvesOf({ ...stoppedMindsOf(RUN), ticks: [{ at: 20, latenessMs: 40 }] }, 10);
  expect(curves.top.latenessMs).toBe(40);
  expect(curves.yOf(40)).toBe(0);
  expect(curves.stopped).toEqual({ x: 250, width: 500 });
  expect(curves.waiting).toContain('V');
});

test('the committed recording has a time without minds', () => {
  expect(readStoppedMinds('.').ticks.length).toBeGreaterThan(300);
});
