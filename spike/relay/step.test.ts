import { expect, test } from 'playwright/test';
import type { Arrival } from '../client/bindings/arrival_type.ts';
import type { Departure } from '../client/bindings/departure_type.ts';
import { nextStep } from './step.ts';

const departure = (tag: 'Offered' | 'Released') => ({ number: 1n, state: { tag } }) as Departure;
const arrival = (tag: 'Pending' | 'Arrived' | 'Refused') => ({ number: 1n, state: { tag } }) as Arrival;
const BOTH = { departure: true, arrival: true };

for (const [home, there, call] of [
  ['Offered', undefined, 'admit'],
  ['Offered', 'Pending', 'release'],
  ['Offered', 'Arrived', 'release'],
  ['Offered', 'Refused', 'takeBack'],
  ['Released', undefined, 'admit'],
  ['Released', 'Pending', 'activate'],
  ['Released', 'Arrived', 'forgetDeparture'],
  [undefined, 'Pending', 'activate'],
  [undefined, 'Arrived', 'forgetArrival'],
  [undefined, 'Refused', 'forgetArrival'],
] as const) {
  const journey = { departure: home && departure(home), arrival: there && arrival(there) };

  test(`a journey that is ${home ?? 'unknown'} here and ${there ?? 'unknown'} there needs ${call}`, () => {
    expect(nextStep({ ...journey, ripe: BOTH })?.call).toBe(call);
  });

  test(`${call} waits until what it rests on is durable (${home ?? 'unknown'}, ${there ?? 'unknown'})`, () => {
    expect(nextStep({ ...journey, ripe: { departure: false, arrival: false } })).toBeUndefined();
  });
}

test('nobody lives beyond the border before their own region has let go of them durably', () => {
  const ripe = { departure: false, arrival: true };
  expect(nextStep({ departure: departure('Released'), arrival: arrival('Pending'), ripe })).toBeUndefined();
});

test('a region lets go of nobody before the other one holds them durably', () => {
  const ripe = { departure: true, arrival: false };
  expect(nextStep({ departure: departure('Offered'), arrival: arrival('Pending'), ripe })).toBeUndefined();
});

test('journeys that the other region has lost and those that it never saw are ready at the same moment', () => {
  for (const ripe of [BOTH, { departure: true, arrival: false }, { departure: false, arrival: true }]) {
    const steps = (['Offered', 'Released'] as const).map((tag) =>
      nextStep({ departure: departure(tag), arrival: undefined, ripe }),
    );
    expect(steps[0]).toEqual(steps[1]);
  }
});
