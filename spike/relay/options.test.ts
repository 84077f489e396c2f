import { expect, test } from 'playwright/test';
import { readOptions } from './options.ts';

const ENV = { SPELLKAVE_TOKEN: 'secret' };
const NORTH = ['--region', 'http://127.0.0.1:3000/north'];
const SOUTH = ['--region', 'http://127.0.0.1:3001/south'];

test('two regions and a wait of a second are what a relay needs', () => {
  const options = readOptions([...NORTH, ...SOUTH], ENV);
  expect(options?.regions.map(({ url, database }) => [url, database])).toEqual([
    ['http://127.0.0.1:3000', 'north'],
    ['http://127.0.0.1:3001', 'south'],
  ]);
  expect(options?.waitMs).toBe(1_000);
});

for (const [args, said] of [
  [NORTH, '--region was given 1 times: name at least two'],
  [['--region', 'north', ...SOUTH], '--region north is not an address'],
  [[...NORTH, ...SOUTH, '--wait-ms', '-1'], '--wait-ms'],
  [[...NORTH, ...SOUTH, '--wait-ms', '60001'], '--wait-ms 60001 is out of range'],
] as const)
  test(`${args.join(' ')} is refused with the fix`, () => {
    expect(() => readOptions([...args], ENV)).toThrow(said);
  });

test('a relay without an identity says which one it needs', () => {
  expect(() => readOptions([...NORTH, ...SOUTH], {})).toThrow('the role Relay');
});
