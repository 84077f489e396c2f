import { expect, test } from 'playwright/test';
import { Scene } from './scene.ts';

const tick = (number: number) => ({
  kind: 'tick' as const,
  tick: number,
  atMs: number * 100,
  latenessMs: 1,
  skipped: 0,
});

test('a scene keeps a minute of ticks, and forgets everything when a world begins anew', () => {
  const scene = new Scene();
  for (let number = 0; number < 1_000; number++) scene.take(tick(number));
  expect(scene.ticks.length).toBe(601);
  scene.take({ kind: 'agent', id: 1, place: 2, step: 0 });
  scene.take({ kind: 'world', name: 'Other', start: 0, places: [], exits: [] });
  expect([scene.ticks.length, scene.agents.size, scene.now, scene.name]).toEqual([0, 0, 0, 'Other']);
});

test('an agent without a name is called by its number', () => {
  const scene = new Scene();
  expect(scene.nameOf(7)).toBe('agent 7');
  scene.take({ kind: 'name', agent: 7, name: 'Mira' });
  expect(scene.nameOf(7)).toBe('Mira');
});

test('a pause has its reason until the clock goes on or another world begins', () => {
  const scene = new Scene();
  scene.take({ kind: 'pause', reason: 'the disk is nearly full' });
  expect(scene.pause).toBe('the disk is nearly full');
  scene.take({ kind: 'pause', reason: '' });
  expect(scene.pause).toBe('');
  scene.take({ kind: 'pause', reason: 'the disk is nearly full' });
  scene.take({ kind: 'world', name: 'Other', start: 0, places: [], exits: [] });
  expect(scene.pause).toBe('');
});
