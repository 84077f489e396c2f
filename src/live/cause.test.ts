import { expect, test } from 'playwright/test';
import { NOBODY } from '../../spike/client/world-constants.ts';
import { causeOf, lifeOf } from './cause.ts';
import { Thoughts } from './thoughts.ts';

const event = { version: 1, id: 1, atMs: 0, place: 0, kind: 'say', subject: 2, object: NOBODY, quantity: 0, gold: 0 };
const said = (request: number, object = NOBODY) => ({ ...event, words: 'Hm.', request, object });
const nameOf = (agent: number) => `agent ${agent}`;
const step = (what: 'asked' | 'leased' | 'refused' | 'done', atMs: number, reason = '') =>
  ({ request: 9, agent: 2, asker: NOBODY, what, atMs, reason }) as const;

test('an event names the player, the wish or the question that it came of', () => {
  expect(causeOf(said(0), nameOf)).toBe('a player’s own act');
  expect(causeOf(said(9), nameOf)).toBe('its own thought, thought 9');
  expect(causeOf(said(9, 5), nameOf)).toBe('agent 5 asked, thought 9');
});

test('the owner also sees each step of the thought, with its time and its reason', () => {
  const thoughts = new Thoughts();
  thoughts.add([step('asked', 1_000), step('leased', 1_100), step('refused', 1_200, 'no exit'), step('done', 3_000)]);
  const life = 'asked, leased after 0.1 s, refused after 0.2 s (no exit), done after 2.0 s';
  expect(lifeOf(9, thoughts)).toBe(life);
  expect(causeOf(said(9), nameOf, thoughts)).toBe(`its own thought, thought 9: ${life}`);
  expect([thoughts.lastOf(2, 3).length, lifeOf(8, thoughts)]).toEqual([1, '']);
  thoughts.clear();
  expect(lifeOf(9, thoughts)).toBe('');
});
