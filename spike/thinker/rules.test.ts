import { expect, test } from 'playwright/test';
import type { Context } from './mind.ts';
import { rulesMind } from './rules.ts';
import { live, MAP } from './town.fixture.ts';

const SIGNAL = new AbortController().signal;
const TEN_MINUTES = 6_000;
const alone: Context = {
  tick: 1,
  agent: { id: 0, name: 'Mira', persona: 'Keeps the toll.' },
  place: { name: 'Somewhere Else', description: '' },
  exits: [],
  here: [],
  holds: [],
  heard: [],
  asker: null,
  question: '',
};

test('the same contexts in the same order get the same actions from a fresh mind', async () => {
  const once = await live(rulesMind(), TEN_MINUTES);
  expect(await live(rulesMind(), TEN_MINUTES)).toEqual(once);
});

test('people speak, go, trade, give and wait, each in its share', async () => {
  const turns = await live(rulesMind(), TEN_MINUTES);
  const share = (...tags: string[]) => turns.filter(({ action }) => tags.includes(action.tag)).length / turns.length;
  expect(turns.length).toBe(450);
  expect(share('Say')).toBeGreaterThan(0.35);
  expect(share('Say')).toBeLessThan(0.65);
  expect(share('Go')).toBeGreaterThan(0.1);
  expect(share('Wait')).toBeGreaterThan(0.07);
  expect(share('Buy', 'Sell')).toBeGreaterThan(0.02);
  expect(share('Give')).toBeGreaterThan(0.01);
  expect(new Set(turns.map(({ action }) => action.tag)).size).toBe(6);
});

test('whatever is done is possible here: an exit, a keeper, a thing at hand, a person', async () => {
  for (const { context, action } of await live(rulesMind(), 3 * TEN_MINUTES)) {
    const { exits, here, holds, place, agent } = context;
    const has = (good: string, quantity: number) =>
      holds.some((held) => held.good === good && held.quantity >= quantity);
    const stall = MAP.stalls.find(({ keeper }) => keeper !== agent?.name && here.some(({ name }) => name === keeper));
    const stallIsHere = stall && MAP.places.find(({ key }) => key === stall.place)?.name === place?.name;
    if (action.tag === 'Go') expect(exits).toContain(action.value);
    if (action.tag === 'Give') {
      expect(here.map(({ id }) => id)).toContain(action.value.to);
      expect(has(action.value.good, 1)).toBe(true);
    }
    if (action.tag === 'Buy') expect([stallIsHere, has('gold', action.value.gold)]).toEqual([true, true]);
    if (action.tag === 'Sell') expect([stallIsHere, has(action.value.good, 1)]).toEqual([true, true]);
  }
});

test('does not insist on a deed that the world refused', async () => {
  const mind = rulesMind();
  for (const { context } of await live(rulesMind(), TEN_MINUTES)) {
    const first = await mind.think(context, SIGNAL);
    const second = await mind.think(context, SIGNAL);
    expect(second).not.toEqual(first.tag === 'Wait' ? undefined : first);
    expect(['Say', 'Wait']).toContain(second.tag);
  }
});

test('does not insist on a deed that the world refused to another thinker', async () => {
  for (const { context } of await live(rulesMind(), TEN_MINUTES)) {
    const action = await rulesMind().think({ ...context, refusal: 'the stall has 0, not 1' }, SIGNAL);
    expect(['Say', 'Wait']).toContain(action.tag);
  }
});

test('somebody alone in a place that nobody knows has something to say, and then waits', async () => {
  const mind = rulesMind();
  const tags = new Set<string>();
  for (let tick = 0; tick < 2 * TEN_MINUTES; tick += 100) tags.add((await mind.think({ ...alone, tick }, SIGNAL)).tag);
  expect(tags).toEqual(new Set(['Say', 'Wait']));
});

test('answers somebody whose persona, place and agent are unknown', async () => {
  const context = { ...alone, agent: null, place: null, question: 'What of the strangers?' };
  const action = await rulesMind().think(context, SIGNAL);
  expect(action).toEqual({ tag: 'Say', value: expect.stringContaining('strangers') });
});
