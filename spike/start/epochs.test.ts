import { expect, test } from 'playwright/test';
import { epochFor } from './epochs.ts';

const own = (epoch: number, departures: number) => ({ number: 1, epoch, departures });
const journey = (epoch: number, count: number) => 2 ** 45 + epoch * 2 ** 33 + count;
const peer = (epoch: number, arrivals: number) => ({ region: 1, epoch, arrivals });

test('a region that nobody has met, or that has counted on, keeps its epoch', () => {
  expect(epochFor(own(1, 0), [])).toBeUndefined();
  expect(epochFor(own(1, 0), [peer(1, 0)])).toBeUndefined();
  expect(epochFor(own(1, 7), [peer(1, journey(1, 7)), peer(1, journey(1, 2))])).toBeUndefined();
  expect(epochFor(own(3, 0), [peer(3, journey(2, 900))])).toBeUndefined();
});

test('a region that counts fewer journeys than another has received gets a new epoch', () => {
  expect(epochFor(own(1, 6), [peer(1, journey(1, 7))])).toBe(2);
});

test('a region of an older epoch gets one that nobody has met', () => {
  expect(epochFor(own(1, 900), [peer(4, journey(4, 2)), peer(2, 0)])).toBe(5);
});
