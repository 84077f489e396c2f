import { expect, test } from 'playwright/test';
import { cargoCount, gateCount } from './steps.ts';

test('adds up the closing lines of all cargo test binaries', () => {
  const output =
    'test result: ok. 18 passed; 0 failed; 0 ignored\ntest result: FAILED. 2 passed; 1 failed; 0 ignored\n';
  expect(cargoCount(output)).toEqual({ passed: 20, failed: 1 });
});

test('counts each gate of a linter as a test, and no warning', () => {
  const output = 'adr/0001-a.md:1: two titles; begin with one\n4 gates passed, 1 failed, with 2 warnings\n';
  expect(gateCount(output)).toEqual({ passed: 4, failed: 1 });
});

test('counts nothing when the program ended before its closing line', () => {
  expect(cargoCount('error: could not compile')).toBeUndefined();
  expect(gateCount('TypeError: records is not iterable')).toBeUndefined();
});
