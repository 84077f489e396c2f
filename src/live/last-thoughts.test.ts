import { expect, test } from 'playwright/test';
import { NOBODY } from '../../spike/client/world-constants.ts';
import type { StepName } from '../../spike/client/thought-step.ts';
import { lastThoughts } from './last-thoughts.ts';
import { Scene } from './scene.ts';

const step = (request: number, what: StepName, atMs: number, asker = NOBODY, reason = '') => ({
  ...{ request, agent: 2, asker, what, atMs, reason },
});
const event = (request: number, atMs: number, object = NOBODY) => ({
  kind: 'event' as const,
  event: {
    version: 1,
    id: request,
    atMs,
    place: 0,
    kind: 'say',
    subject: 2,
    object,
    quantity: 0,
    gold: 0,
    words: 'Hm.',
    request,
  },
});

function sceneOf(): Scene {
  const scene = new Scene();
  scene.take({ kind: 'world', name: 'Isle', start: 0, places: [], exits: [] });
  scene.take({ kind: 'name', agent: 2, name: 'Mira' });
  scene.take({ kind: 'name', agent: 5, name: 'Odo' });
  return scene;
}

test('the owner sees the life of each thought, with times and reason, and the act that it became', () => {
  const scene = sceneOf();
  const refused = [step(8, 'asked', 1_000, 5), step(8, 'refused', 1_500, 5, 'no exit'), step(8, 'dead', 4_000, 5)];
  const done = [step(9, 'asked', 5_000), step(9, 'leased', 5_100), step(9, 'done', 6_000)];
  scene.take({ kind: 'thoughts', anew: true, steps: [...refused, ...done] });
  scene.take(event(9, 6_000));
  expect(lastThoughts(scene, 2, 5)).toEqual([
    {
      request: 9,
      atMs: 5_000,
      life: 'its own wish: asked, leased after 0.1 s, done after 1.0 s',
      deed: 'Mira says: Hm.',
    },
    {
      request: 8,
      atMs: 1_000,
      life: 'Odo asked: asked, refused after 0.5 s (no exit), given up after 3.0 s',
      deed: '',
    },
  ]);
  expect(lastThoughts(scene, 2, 1)).toHaveLength(1);
  expect(lastThoughts(scene, 5, 5)).toEqual([]);
});

test('others see the thoughts that became an act, and no act that is a player’s own', () => {
  const scene = sceneOf();
  for (const each of [event(3, 1_000, 5), event(0, 2_000)]) scene.take(each);
  expect(lastThoughts(scene, 2, 5)).toEqual([
    { request: 3, atMs: 1_000, life: 'Odo asked: done', deed: 'Mira answers Odo: Hm.' },
  ]);
});

test('a world that comes back keeps the thoughts, and thoughts that start over replace them', () => {
  const scene = sceneOf();
  scene.take({ kind: 'thoughts', anew: true, steps: [step(1, 'asked', 1)] });
  scene.take({ kind: 'world', name: 'Isle', start: 0, places: [], exits: [] });
  expect(scene.thoughts.of(1)).toHaveLength(1);
  scene.take({ kind: 'thoughts', anew: true, steps: [step(2, 'asked', 1)] });
  expect([scene.thoughts.of(1).length, scene.thoughts.of(2).length]).toEqual([0, 1]);
});

test('the thoughts of a long day do not fill the memory', () => {
  const scene = sceneOf();
  for (let request = 1; request <= 2_000; request++)
    scene.take({ kind: 'thoughts', anew: false, steps: [step(request, 'asked', request)] });
  expect([scene.thoughts.of(1).length, scene.thoughts.of(2_000).length]).toEqual([0, 1]);
});
