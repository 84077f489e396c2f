import { expect, test } from 'playwright/test';
import { forgetReadings, oncePerBuild } from './once-per-build.ts';

function countReadings(name: string): number {
  let readings = 0;
  const read = () => ++readings;
  // The configuration and the pages each have their own copy of the module.
  for (const reader of [oncePerBuild(name, read), oncePerBuild(name, read)]) ['a', 'a', 'b'].forEach(reader);
  return readings;
}

test.afterEach(() => delete process.env['NODE_ENV']);

test('a build reads each root once', () => {
  process.env['NODE_ENV'] = 'production';
  expect(countReadings('build')).toBe(2);
});

test('development reads each root once until a file changes', () => {
  process.env['NODE_ENV'] = 'development';
  let readings = 0;
  const read = oncePerBuild('development', () => ++readings);
  expect([read('a'), read('a')]).toEqual([1, 1]);
  forgetReadings();
  expect([read('a'), read('a')]).toEqual([2, 2]);
});

test('a test reads every time', () => {
  delete process.env['NODE_ENV'];
  expect(countReadings('test')).toBe(6);
});
