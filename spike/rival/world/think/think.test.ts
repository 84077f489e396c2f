import { expect, test } from 'playwright/test';
import { ask } from '../player.ts';
import { Refusal } from '../refusal.ts';
import { Town } from '../town.fixture.ts';
import { lease, renew, submit } from './lease.ts';
import { reap } from './reaper.ts';
import { giveBack } from './retry.ts';

const SAY = { Say: 'They come by the causeway.' };

/** A town where Nils has asked agent 0, and thinker `one` has leased the question. */
function asked() {
  const town = new Town();
  town.join('Nils');
  town.do((change) => ask(change, 'Nils', 0, 'Well?'));
  const [leased] = town.do((change) => lease(change, 'one', 9));
  if (!leased) throw new Error('nothing was leased');
  const attempt = (thinker: string, epoch: number) =>
    town.do((change) => submit(change, thinker, leased.request, epoch, SAY));
  const thoughts = () => town.world.events.filter(({ request }) => request === leased.request);
  return { town, id: leased.request, attempt, thoughts };
}

test('an answer acts once, and its repeat does nothing', () => {
  const { town, id, attempt, thoughts } = asked();
  attempt('one', 1);
  attempt('one', 1);
  expect(thoughts().map(({ kind, object }) => [kind, object])).toEqual([
    ['say', town.world.players.get('Nils')?.agent],
  ]);
  expect(town.world.ended.get(id)?.state).toBe('Done');
});

test('after an expired lease only the new epoch acts', () => {
  const { town, id, attempt, thoughts } = asked();
  town.wait(31);
  town.do(reap);
  expect(() => attempt('one', 1)).toThrow(new Refusal(`think request ${id} is Pending, not leased`));
  town.wait(5);
  expect(town.do((change) => lease(change, 'two', 9))[0]?.leaseEpoch).toBe(2);
  expect(() => attempt('one', 1)).toThrow(new Refusal(`think request ${id} is leased to somebody else`));
  expect(() => attempt('two', 1)).toThrow(new Refusal(`think request ${id} is at lease epoch 2, not 1`));
  attempt('two', 2);
  expect(thoughts().length).toBe(1);
});

test('a renewed lease outlasts its first end, and no lease outlasts the deadline', () => {
  const { town, id, attempt } = asked();
  for (let renewals = 0; renewals < 5; renewals++) {
    town.wait(20);
    town.do((change) => renew(change, 'one', id, 1));
    town.do(reap);
  }
  town.wait(20);
  expect(() => attempt('one', 1)).toThrow(new Refusal(`the deadline of think request ${id} has passed`));
  town.do(reap);
  expect(town.world.ended.get(id)?.state).toBe('Expired');
});

test('three refused answers end a request, and an unavailable mind costs neither attempt nor call', () => {
  const { town, id } = asked();
  const fail = (cause: 'Refused' | 'Unavailable', leaseEpoch: number) =>
    town.do((change) => giveBack(change, 'one', { request: id, leaseEpoch }, { cause, reason: 'no words', wait: 0 }));
  fail('Unavailable', 1);
  expect([town.world.open.get(id)?.attempts, town.world.stats.calls]).toEqual([0, 0]);
  for (const epoch of [2, 3, 4]) {
    town.wait(11);
    expect(town.do((change) => lease(change, 'one', 9))[0]?.leaseEpoch).toBe(epoch);
    fail('Refused', epoch);
  }
  const { state, attempts, reason } = town.world.ended.get(id) ?? {};
  expect([state, attempts, reason]).toEqual(['Dead', 3, 'no words']);
  town.wait(61);
  town.do(reap);
  expect(town.world.events.at(-1)?.kind).toBe('no_answer');
  expect(town.world.ended.size).toBe(0);
});

test('a question replaces a pending reflection, is leased first, and only one is open', () => {
  const town = new Town({ reflectEvery: 1 });
  town.tick();
  town.join('Nils');
  const reflections = town.world.open.size;
  town.do((change) => ask(change, 'Nils', 5, 'Well?'));
  expect(town.world.open.size).toBe(reflections);
  expect(town.do((change) => lease(change, 'one', 1))[0]?.agent).toBe(5);
  expect(() => town.do((change) => ask(change, 'Nils', 5, 'Well?'))).toThrow(
    /is lost in thought already, about your question/,
  );
  for (const agent of [6, 7]) town.do((change) => ask(change, 'Nils', agent, 'Well?'));
  expect(() => town.do((change) => ask(change, 'Nils', 8, 'Well?'))).toThrow(/and 3 at once are the most/);
});

test('no more is leased than the policy allows in a minute, and nothing while minds are stopped', () => {
  const town = new Town({ reflectEvery: 1 });
  town.tick();
  town.do((change) => change.setPolicy({ mode: 'Normal', callsPerMinute: 5 }));
  expect(town.do((change) => lease(change, 'one', 100)).length).toBe(5);
  expect(town.do((change) => lease(change, 'one', 100)).length).toBe(0);
  town.wait(60);
  town.do((change) => change.setPolicy({ mode: 'Stopped', callsPerMinute: 5 }));
  expect(town.do((change) => lease(change, 'one', 100)).length).toBe(0);
});
