import { expect, test } from 'playwright/test';
import { cargoCount } from './steps.ts';

test('the closing lines of all cargo test binaries are added up', () => {
  const output =
    'test result: ok. 18 passed; 0 failed; 0 ignored\ntest result: FAILED. 2 passed; 1 failed; 0 ignored\n';
  expect(cargoCount(output)).toEqual({ passed: 20, failed: 1 });
});

test('a run that did not get as far counts nothing', () => {
  expect(cargoCount('error: could not compile')).toBeUndefined();
});
