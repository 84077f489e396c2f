import { readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { monthCost, writeResult, type Assumptions } from './month-cost.ts';
import { DEFAULTS, MODELS } from './month-defaults.ts';

const GIVEN: Assumptions = {
  thinkers: 100,
  thoughtsPerHour: 10,
  cap: 600,
  promptTokens: 600,
  answerTokens: 20,
  inputPrice: 1,
  outputPrice: 5,
  machinePrice: 0.2,
  diskPerDay: 2,
  daysKept: 30,
  diskPrice: 0.1,
};

test('a month has 730 hours of thoughts, each paid by its tokens', () => {
  const { thoughts, model, machine, disk, total } = monthCost(GIVEN);
  expect(thoughts).toBe(730_000);
  expect(model).toBeCloseTo(730_000 * (600 * 1 + 20 * 5) * 1e-6);
  expect(machine).toBeCloseTo(146);
  expect(disk).toBeCloseTo(6);
  expect(total).toBeCloseTo(model + machine + disk);
});

test('minds never think more often than the cap allows, and the cap alone sets the most that they can cost', () => {
  const many = monthCost({ ...GIVEN, thinkers: 1_000_000 });
  expect(many.thoughts).toBe(600 * 60 * 730);
  expect(many.model).toBe(many.modelAtCap);
  expect(monthCost(GIVEN).modelAtCap).toBe(many.modelAtCap);
});

test('what is not known makes its own results unknown, and the total says the rest', () => {
  const { disk, model, total, machine } = monthCost({ ...GIVEN, diskPerDay: NaN, promptTokens: NaN });
  expect([disk, model]).toEqual([NaN, NaN]);
  expect(total).toBe(machine);
  expect(writeResult('disk', disk)).toBe('not measured');
  expect(writeResult('total', 1_234.5)).toBe('$1,234.50');
});

test('the default cap is that of a new world', () => {
  const source = readFileSync('spike/world/src/slow_path/budget.rs', 'utf8');
  const [, cap] = /CALLS_PER_MINUTE: u32 = (\d+);/.exec(source) ?? [];
  expect(DEFAULTS.find(({ name }) => name === 'cap')?.given?.value).toBe(Number(cap));
});

test('every price has a source with an address, and says of which day or year it is', () => {
  const prices = DEFAULTS.filter(({ name }) => name.endsWith('Price')).flatMap(({ given }) => given?.source ?? []);
  expect(prices).toHaveLength(4);
  for (const { words, url } of [...prices, ...MODELS.slice(0, 2).map(({ source }) => source)]) {
    expect(url).toMatch(/^https:/);
    expect(words).toMatch(/20\d\d/);
  }
});

test('a default is given with a source, or measured by a claim, and never both', () => {
  for (const { given, measured } of DEFAULTS) expect([given, measured].filter(Boolean)).toHaveLength(1);
});
