import { expect, test } from 'playwright/test';
import type { Passport } from '../client/bindings/passport_type.ts';
import { holds, mend } from './copies.ts';

const [NORTH, SOUTH] = [0, 1];
/** A resident of the north. */
const MIRA = 7;
const farewell = { agent: MIRA } as NonNullable<Passport['farewell']>;
const passport = (hops: number, region: number, left = false): Passport => ({
  agent: MIRA,
  hops,
  region,
  farewell: left ? farewell : undefined,
});
const north = (known?: Passport) => ({ region: NORTH, passport: known });
const atRest = () => false;
const south = (known: Passport) => ({ region: SOUTH, passport: known });

test('a resident without a passport has never left, and anybody else is where their passport says', () => {
  expect(holds(MIRA, north())).toBe(true);
  expect(holds(MIRA, { region: SOUTH, passport: undefined })).toBe(false);
  expect([NORTH, SOUTH].map((region) => holds(MIRA, north(passport(1, region))))).toEqual([true, false]);
});

for (const [what, here, there, mended] of [
  [
    'an older copy of somebody who lives beyond is let go',
    undefined,
    passport(1, SOUTH),
    { call: 'supersede', hops: 1 },
  ],
  [
    'somebody who came back and left no copy returns',
    passport(1, SOUTH),
    passport(2, NORTH, true),
    { call: 'recover' },
  ],
  [
    'an older copy of somebody who went and came back is let go first',
    undefined,
    passport(2, NORTH, true),
    { call: 'supersede', hops: 1 },
  ],
  ['a region that knows as much is left alone', passport(2, NORTH), passport(2, NORTH, true), undefined],
  ['a region that knows more is left alone', passport(3, SOUTH), passport(2, NORTH, true), undefined],
  ['somebody who is away for both is left alone', passport(1, SOUTH), passport(3, SOUTH), undefined],
] as const)
  test(what, () => {
    const mending = mend(north(here), south(there), atRest);
    if (mended) expect(mending).toMatchObject({ at: 'here', ...mended });
    else expect(mending).toBeUndefined();
  });

test('after an older copy was let go, its person comes back as they last left', () => {
  const first = mend(north(passport(2, NORTH)), south(passport(4, NORTH, true)), atRest);
  expect(first).toMatchObject({ call: 'supersede', hops: 3, region: SOUTH });
  const then = mend(north(passport(3, SOUTH)), south(passport(4, NORTH, true)), atRest);
  expect(then).toEqual({ at: 'here', call: 'recover', traveller: farewell });
});

test('somebody who is on the way home is not brought back there a second time', () => {
  const onTheWay = () => true;
  for (const known of [undefined, passport(1, SOUTH)])
    expect(mend(north(known), south(passport(2, NORTH, true)), onTheWay)).toBeUndefined();
});
