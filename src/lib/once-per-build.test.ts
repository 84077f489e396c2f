import { expect, test } from 'playwright/test';
import { oncePerBuild } from './once-per-build.ts';

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

test('development reads every time', () => {
  process.env['NODE_ENV'] = 'development';
  expect(countReadings('development')).toBe(6);
});
