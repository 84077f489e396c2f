import fc from 'fast-check';
import type { Call } from './model.fixture.ts';

export const PLAYERS = ['Nils', 'Ada', 'Olaf', 'Runa'];

const quantity = fc.constantFrom(0, 1, 2, 5, 21, 4_294_967_295);
const good = fc.constantFrom('gold', 'salt', 'flour', 'iron', 'moonlight');
/** Mostly what Odo has at his stall in the market, and in amounts that can be paid. */
const deal = fc.record({
  good: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('salt', 'salt', 'flour') }, { weight: 1, arbitrary: good }),
  quantity: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(1, 1, 2) }, { weight: 1, arbitrary: quantity }),
  gold: fc.constantFrom(0, 5, 12, 20, 30),
});
/** More gifts, walks and deals than words: they have preconditions. */
const action = fc.oneof(
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }).map((Say) => ({ Say })) },
  { weight: 2, arbitrary: fc.constantFrom('north', 'south', 'east', 'west', '').map((Go) => ({ Go })) },
  { weight: 6, arbitrary: fc.record({ to: fc.nat(40), good, quantity }).map((Give) => ({ Give })) },
  { weight: 8, arbitrary: deal.map((Buy) => ({ Buy })) },
  { weight: 6, arbitrary: deal.map((Sell) => ({ Sell })) },
  { weight: 1, arbitrary: fc.constant({ Wait: [] as [] }) },
);
const player = fc.nat(PLAYERS.length - 1);
const thinker = fc.nat(1);

/** Whatever players and two thinkers may try. */
export const anyCall: fc.Arbitrary<Call> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ player, action }) },
  { weight: 3, arbitrary: fc.record({ player, asked: fc.nat(36) }) },
  { weight: 1, arbitrary: fc.record({ thinker, leases: fc.constantFrom(1, 1, 2) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      thinker,
      request: fc.integer({ min: 1, max: 12 }),
      epoch: fc.constantFrom(1, 1, 2),
      action,
    }),
  },
);
