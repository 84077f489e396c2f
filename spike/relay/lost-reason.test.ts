import { expect, test } from 'playwright/test';
import { lostReason } from './lost-reason.ts';

test('a region with an older module is named as one, with the fix', () => {
  const rejected =
    'the subscription was rejected: Error: `region` is not a valid table, executing: `SELECT * FROM region`';
  expect(lostReason(rejected)).toBe(
    'its module is older and has no table region: publish the same module in every region; until then nobody crosses its borders',
  );
});

test('every other reason stays as it is', () => {
  expect(lostReason('the host closed the connection')).toBe('the host closed the connection');
});
