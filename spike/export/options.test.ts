import { expect, test } from 'playwright/test';
import { readOptions } from './options.ts';

const where = { world: '.spellkave/world', url: 'http://127.0.0.1:3000', database: 'spellkave' };

test('reads a file, and whether the world goes on', () => {
  expect(readOptions(['a.ndjson'])).toEqual({ ...where, file: 'a.ndjson', staysPaused: false });
  expect(readOptions(['--stay-paused', 'a.ndjson'])?.staysPaused).toBe(true);
  expect(readOptions(['--resume'])).toEqual({ ...where, file: undefined, staysPaused: false });
});

test('returns nothing when help was asked for', () => {
  expect(readOptions(['--help'])).toBeUndefined();
});

for (const [args, message] of [
  [[], '0 files are named: name one, such as world.ndjson.'],
  [['a', 'b'], '2 files are named: name one'],
  [['--resume', 'a'], '--resume writes nothing: leave a out.'],
  [['--resume', '--stay-paused'], '--resume writes nothing: leave --stay-paused out.'],
  [['a', '--url', '127.0.0.1:3000'], '--url 127.0.0.1:3000 is not the address of a host: use one like'],
  [['a', '--force'], "Unknown option '--force'"],
] as const) {
  test(`\`npm run export -- ${args.join(' ')}\` is rejected with the fix`, () => {
    expect(() => readOptions([...args])).toThrow(message);
  });
}
