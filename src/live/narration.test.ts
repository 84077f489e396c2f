import { expect, test } from 'playwright/test';
import { narrate } from './narration.ts';
import { Scene } from './scene.ts';

const tick = (number: number, latenessMs = 2, skipped = 0) =>
  ({ kind: 'tick', tick: number, atMs: number * 100, latenessMs, skipped }) as const;
const queue = (pending: number) =>
  ({ kind: 'queue', pending, leased: 0, done: 0, dead: 0, expired: 0, oldestAgeMs: 0, callsLeft: 1 }) as const;
const minds = (mode: 'Normal' | 'Stopped') => ({ kind: 'minds', mode, callsPerMinute: 60 }) as const;

test('says how the minds are, who waits, and what the clock does meanwhile', () => {
  const scene = new Scene();
  expect(narrate(scene)).toBe('');
  for (const news of [minds('Normal'), tick(1, 9), queue(1)] as const) scene.take(news);
  expect(narrate(scene)).toBe(
    'The minds think. 1 agent waits for a thought. The clock: 99 of 100 ticks start within 9.0 ms, no tick is skipped.',
  );
  scene.take(minds('Stopped'));
  for (let number = 2; number <= 51; number++) scene.take(tick(number));
  scene.take(queue(18));
  expect(narrate(scene)).toMatch(/^All minds are stopped for 5 s\. 18 agents wait for a thought\. /);
  scene.take(tick(52, 2, 3));
  expect(narrate(scene)).toMatch(/3 ticks are skipped\.$/);
  scene.take({ kind: 'pause', reason: 'the disk is nearly full' });
  expect(narrate(scene)).toMatch(/The clock stands still: the disk is nearly full\.$/);
});
