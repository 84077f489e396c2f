import { expect, test } from 'playwright/test';
import { cargoCount, gateCount } from './steps.ts';

test('the closing lines of all cargo test binaries are added up', () => {
  const output =
    'test result: ok. 18 passed; 0 failed; 0 ignored\ntest result: FAILED. 2 passed; 1 failed; 0 ignored\n';
  expect(cargoCount(output)).toEqual({ passed: 20, failed: 1 });
});

test('each gate of a linter counts as a test, and its warnings do not', () => {
  const output = 'adr/0001-a.md:1: two titles; begin with one\n4 gates passed, 1 failed, with 2 warnings\n';
  expect(gateCount(output)).toEqual({ passed: 4, failed: 1 });
});

test('a run that did not get as far counts nothing', () => {
  expect(cargoCount('error: could not compile')).toBeUndefined();
  expect(gateCount('TypeError: records is not iterable')).toBeUndefined();
});
