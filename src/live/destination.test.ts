import { expect, test } from 'playwright/test';
import { agentWords, sentenceAbout } from './agent-words.ts';
import { destinationOf } from './destination.ts';
import { fittingNames } from './fitting-names.ts';
import type { Habit, News } from './news.ts';
import { Scene } from './scene.ts';

const places = ['Gate', 'Market', 'Well', 'Chapel'].map((name, id) => ({ id, name, description: '' }));
const exits = [{ from: 3, direction: 'south', to: 1 }];

/** One agent with the id 7. */
function sceneOf(place: number, step: number, habit: Habit, ...more: News[]): Scene {
  const scene = new Scene();
  scene.take({ kind: 'world', name: 'Isle', start: 0, places, exits });
  scene.take({ kind: 'name', agent: 7, name: 'Mira' });
  scene.take({ kind: 'agent', id: 7, place, step });
  scene.take({ kind: 'routine', agent: 7, ...habit });
  for (const news of more) scene.take(news);
  return scene;
}

const PATROL: Habit = { routine: 'Patrol', stops: [0, 1, 2] };

test('an agent on its round goes to the next stop, and after the last one to the first', () => {
  expect(destinationOf(sceneOf(1, 1, PATROL), 7)).toBe(2);
  expect(destinationOf(sceneOf(2, 2, PATROL), 7)).toBe(0);
});

test('an agent that a thought led to another stop of its round goes on from there', () => {
  expect(destinationOf(sceneOf(0, 1, PATROL), 7)).toBe(1);
});

test('an agent off its round takes an exit back to it, and has no destination where there is none', () => {
  expect(destinationOf(sceneOf(3, 1, PATROL), 7)).toBe(1);
  expect(destinationOf(sceneOf(3, 1, { routine: 'Patrol', stops: [0, 2] }), 7)).toBeUndefined();
});

test('nobody knows where somebody goes who stays, wanders, is played, or is unknown', () => {
  for (const habit of [
    { routine: 'Rest', stops: [0] },
    { routine: 'Wander', stops: [] },
    { routine: 'PlayerControlled', stops: [0, 1] },
  ] satisfies Habit[])
    expect(destinationOf(sceneOf(0, 0, habit), 7)).toBeUndefined();
  expect(destinationOf(new Scene(), 7)).toBeUndefined();
});

test('an agent is described in one sentence, with its gold first and without what it gave away', () => {
  const holding = (good: number, quantity: number) => ({ kind: 'holding', holder: 7, good, quantity }) as const;
  const goods = [
    { kind: 'good', id: 0, name: 'gold' },
    { kind: 'good', id: 1, name: 'salt' },
    { kind: 'good', id: 2, name: 'rope' },
  ] as const;
  const scene = sceneOf(0, 0, PATROL, ...goods, holding(1, 3), holding(2, 4), holding(0, 12), holding(2, 0));
  const words = agentWords(scene, 7);
  expect(words && sentenceAbout(words)).toBe(
    'Mira: on a round: Gate, Market, Well, at Gate, goes next to: Market, has 12 gold, 3 salt.',
  );
  expect(agentWords(sceneOf(0, 0, { routine: 'Rest', stops: [0] }), 7)).toMatchObject({
    routine: 'at home',
    next: 'nowhere, it stays',
    purse: 'nothing',
  });
  expect(agentWords(sceneOf(0, 0, { routine: 'Wander', stops: [] }), 7)?.next).toBe('any exit');
  expect(agentWords(scene, 8)).toBeUndefined();
});

test('who is called exactly so is found before those whose name goes on', () => {
  const scene = sceneOf(0, 0, PATROL);
  for (const [agent, name] of [
    [1, 'Miranda'],
    [2, 'Odo'],
  ] as const) {
    scene.take({ kind: 'agent', id: agent, place: 0, step: 0 });
    scene.take({ kind: 'name', agent, name });
  }
  expect(fittingNames(scene, ' mira ').map(({ agent }) => agent)).toEqual([7, 1]);
  expect(fittingNames(scene, '')).toEqual([]);
  expect(fittingNames(scene, 'x')).toEqual([]);
});
