import { readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import * as constants from './world-constants.ts';

const source = (file: string) => readFileSync(`spike/world/src/${file}.rs`, 'utf8');

/** @throws Error when the file has no such constant */
function constantIn(file: string, name: string): number {
  const [, value] = new RegExp(`const ${name}: \\w+ = ([\\w:]+);`).exec(source(file)) ?? [];
  if (value === 'u32::MAX') return 2 ** 32 - 1;
  if (!value || !/^[\d_]+$/.test(value)) throw new Error(`${file}.rs has no number ${name}`);
  return Number(value.replaceAll('_', ''));
}

for (const [name, file, rust, ours] of [
  ['NOBODY', 'core/agent', 'NOBODY', constants.NOBODY],
  ['no route', 'core/agent', 'NO_ROUTE', constants.NOBODY],
  ['AWAY', 'core/agent', 'AWAY', constants.AWAY],
  ['GOLD', 'core/holding', 'GOLD', constants.GOLD],
  ['EVENT_VERSION', 'core/event', 'VERSION', constants.EVENT_VERSION],
  ['CONTEXT_VERSION', 'slow_path/context', 'VERSION', constants.CONTEXT_VERSION],
  ['MAX_SPEECH', 'core/speech', 'MAX_SPEECH', constants.MAX_SPEECH],
  ['MAX_NEIGHBOURS', 'slow_path/context', 'MAX_NEIGHBOURS', constants.MAX_NEIGHBOURS],
  ['LEASE_MS', 'slow_path/lease', 'LEASE_US', constants.LEASE_MS * 1_000],
  ['DEADLINE_MS', 'slow_path/opening', 'DEADLINE_US', constants.DEADLINE_MS * 1_000],
  ['ACKNOWLEDGE_BATCH', 'archive', 'MAX_BATCH', constants.ACKNOWLEDGE_BATCH],
  ['TICK_LOG_SLOTS', 'core/clock', 'LOG_SLOTS', constants.TICK_LOG_SLOTS],
] as const) {
  test(`${name} is the module's own number`, () => {
    expect(constantIn(file, rust)).toBe(ours);
  });
}

test('the audience of a role is its place in the enum of the module', () => {
  const [, variants = ''] = /pub enum Role \{([^}]*)\}/.exec(source('core/role')) ?? [];
  expect(variants.match(/\w+/g)).toEqual(Object.keys(constants.AUDIENCE));
  expect(Object.values(constants.AUDIENCE)).toEqual([0, 1, 2, 3, 4]);
});

test('agents and journeys name their region where the module puts it', () => {
  expect(constants.homeOf(2 ** constantIn('core/region', 'RANGE_BITS') * 254 + 7)).toBe(254);
  expect(constants.regionOf((254n << BigInt(constantIn('core/departure', 'REGION_AT'))) + 7n)).toBe(254);
});

test('a constant that the module does not have is reported', () => {
  expect(() => constantIn('core/agent', 'SOMEBODY')).toThrow('core/agent.rs has no number SOMEBODY');
});
