import { expect, test } from 'playwright/test';
import { faultsAt, sumsOf, type RegionView } from './border-census.ts';

const empty = (number: number): RegionView => ({
  number,
  living: [],
  locked: [],
  pending: [],
  holdings: [],
  hops: new Map(),
  journeys: 0,
  shut: '',
});
const HERS: [string, number][] = [['gold', 5]];
const held = (holder: number) => [{ holder, good: 'gold', quantity: 5 }];
const FOUNDED = new Map([['gold', 5]]);
const faults = (north: Partial<RegionView>, south: Partial<RegionView>) =>
  faultsAt(
    [
      { ...empty(0), ...north },
      { ...empty(1), ...south },
    ],
    [7],
    FOUNDED,
  );

for (const [step, north, south] of [
  ['lives here', { living: [7], holdings: held(7) }, {}],
  ['is locked', { locked: [7], holdings: held(7) }, {}],
  ['is locked here and pending there', { locked: [7], holdings: held(7) }, { pending: [{ agent: 7, load: HERS }] }],
  ['was let go and is pending there', {}, { pending: [{ agent: 7, load: HERS }] }],
  ['lives there', {}, { living: [7], holdings: held(7) }],
] as [string, Partial<RegionView>, Partial<RegionView>][])
  test(`somebody who ${step} is there once, with their gold`, () => {
    expect(faults(north, south)).toEqual({
      doubled: [],
      lost: [],
      goods: [],
    });
  });

for (const [what, north, south] of [
  ['lives in both regions', { living: [7], holdings: held(7) }, { living: [7], holdings: held(7) }],
  ['lives there and is locked here', { locked: [7], holdings: held(7) }, { living: [7], holdings: held(7) }],
  ['lives here and is pending there', { living: [7], holdings: held(7) }, { pending: [{ agent: 7, load: HERS }] }],
] as [string, Partial<RegionView>, Partial<RegionView>][])
  test(`somebody who ${what} is there twice, and so is their gold`, () => {
    expect(faults(north, south)).toEqual({
      doubled: [7],
      lost: [],
      goods: ['gold'],
    });
  });

test('somebody without a copy is lost, with their gold', () => {
  expect(faults({}, {})).toEqual({ doubled: [], lost: [7], goods: ['gold'] });
});

test('the sum counts what is on the way once', () => {
  const north = { ...empty(0), locked: [7], holdings: held(7) };
  const south = { ...empty(1), pending: [{ agent: 7, load: HERS }] };
  expect(sumsOf([north, south])).toEqual(FOUNDED);
});
