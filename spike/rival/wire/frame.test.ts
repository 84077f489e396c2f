import fc from 'fast-check';
import { expect, test } from 'playwright/test';
import { NOBODY } from '../../client/world-constants.ts';
import { ROUTINES, type WorldEvent } from '../world/rows.ts';
import { packAgents, unpackAgents } from './agents.ts';
import { seenFrom } from './fan-out.ts';
import { decode, encode, type TickFrame } from './frame.ts';

const short = fc.integer({ min: 0, max: 0xfffe });
const agent = fc.record({
  id: fc.integer({ min: 0, max: 0xffff_ffff }),
  place: short,
  routine: fc.constantFrom(...ROUTINES),
  route: fc.oneof(short, fc.constant(NOBODY)),
  step: short,
});
const WAIT: WorldEvent = {
  id: 9,
  version: 1,
  tick: 5,
  at: 1_790_000_000_000_000,
  place: 1,
  kind: 'wait',
  subject: 2,
  object: NOBODY,
  quantity: 0,
  gold: 0,
  words: '',
  request: 0,
};

test('agents are the same after the wire, wherever they lie in a message', () => {
  fc.assert(
    fc.property(fc.array(agent, { maxLength: 50 }), fc.integer({ min: 0, max: 7 }), (agents, offset) => {
      const message = Buffer.concat([Buffer.alloc(offset), packAgents(agents)]);
      expect(unpackAgents(message.subarray(offset))).toEqual(agents);
    }),
  );
});

test('rejects bytes that do not hold whole agents', () => {
  expect(() => unpackAgents(Buffer.alloc(12))).toThrow('12 bytes are not agents of 11 bytes');
});

test('a frame is the same after the wire', () => {
  const tick: TickFrame = {
    kind: 'tick',
    tick: 2 ** 40,
    dueMs: 1_790_000_000_000.125,
    startedMs: 1_790_000_000_001.5,
    skipped: 2,
    agents: [{ id: 7, place: 1, routine: 'Trade', route: NOBODY, step: 0 }],
    left: [4],
    events: [{ ...WAIT, kind: 'say', words: 'Ahoi…' }],
  };
  expect(decode(encode(tick))).toEqual(tick);
  const answer = { kind: 'answer' as const, call: 3, error: 'no exit leads "up" from here' };
  expect(decode(encode(answer))).toEqual(answer);
});

test('those who watch one place see who is in it, who came and who left, and nobody else', () => {
  const moves = [
    { id: 1, from: 1, place: 1 },
    { id: 2, from: 2, place: 1 },
    { id: 3, from: 1, place: 2 },
    { id: 4, from: 2, place: 3 },
  ];
  const changes = {
    newcomers: [{ agent: { id: 5, place: 1, routine: 'Rest' as const, route: 0, step: 0 }, name: 'Ann', persona: '' }],
    agents: moves.map(({ id, place }) => ({ id, place, routine: 'Rest' as const, route: 0, step: 0 })),
    from: moves.map(({ from }) => from),
    events: [1, 2].map((place) => ({ ...WAIT, id: place, place })),
  };
  const seen = seenFrom(1, changes);
  expect(seen.agents.map(({ id }) => id)).toEqual([5, 1, 2]);
  expect(seen.left).toEqual([3]);
  expect(seen.events.map(({ id }) => id)).toEqual([1]);
  expect(seenFrom('everything', changes)).toEqual({
    agents: [changes.newcomers[0]?.agent, ...changes.agents],
    left: [],
    events: changes.events,
  });
});
