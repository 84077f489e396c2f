import { expect, test } from 'playwright/test';
import { coresIn } from './cores.ts';

test('a list of cores is read as the kernel writes it', () => {
  expect(coresIn('0-2,5')).toEqual([0, 1, 2, 5]);
  expect(coresIn('3')).toEqual([3]);
});
