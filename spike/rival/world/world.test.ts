import { expect, test } from 'playwright/test';
import { change } from './change.ts';
import { merge } from './delta.ts';
import { act } from './player.ts';
import { Refusal } from './refusal.ts';
import { restore, snapshot } from './state.ts';
import { Town } from './town.fixture.ts';
import { advance } from './tick.ts';

test('routines move agents and conserve every good', () => {
  const town = new Town({ living: 300 });
  const founded = town.sums();
  town.tick(500);
  expect(town.sums()).toEqual(founded);
  expect(town.deltas.some(({ holdings }) => holdings.length > 0)).toBe(true);
  expect(town.deltas.every(({ agents, from }) => agents.length > 0 && agents.length === from.length)).toBe(true);
});

test('a world that is restored from its deltas, or from them merged, is the same world', () => {
  const town = new Town({ living: 200, reflectEvery: 3 });
  const founded = snapshot(town.world);
  const nils = town.join('Nils');
  town.do((change) => act(change, 'Nils', { Say: 'Good day.' }));
  town.do((change) => act(change, 'Nils', { Go: 'north' }));
  town.tick(50);
  const { geography } = town.world;
  const expected = snapshot(town.world);
  expect(snapshot(restore(geography, [founded, ...town.deltas]))).toEqual(expected);
  expect(snapshot(restore(geography, [founded, merge(town.deltas)]))).toEqual(expected);
  expect(snapshot(restore(geography, [expected]))).toEqual(expected);
  expect(merge([expected, expected])).toEqual(expected);
  expect(town.world.agents[nils]?.place).toBe(1);
});

test('a late tick skips the due times that passed, and the next one stays on the grid', () => {
  const { world, now } = new Town();
  advance(world, now + 100_000);
  advance(world, now + 550_000);
  expect([world.clock.tick, world.clock.due - now, world.clock.skipped]).toEqual([2, 200_000, 3]);
  expect([world.clock.nextTick, world.clock.nextDue - now]).toEqual([6, 600_000]);
});

test('a refused act changes nothing, and a refusal after a write is a fault', () => {
  const town = new Town();
  town.join('Nils');
  const before = snapshot(town.world);
  const buy = { Buy: { good: 'salt', quantity: 1, gold: 20 } };
  expect(() => town.do((change) => act(change, 'Nils', buy))).toThrow(new Refusal('there is no stall here'));
  expect(snapshot(town.world)).toEqual(before);
  expect(() =>
    change(town.world, town.now, (change) => {
      change.setHolding(0, 0, 1);
      throw new Refusal('too late');
    }),
  ).toThrow(/refused after it had written: too late/);
});
