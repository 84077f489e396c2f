/** What a month of a world is calculated from. Prices are in US dollars. */
export interface Assumptions {
  /** Agents that think. */
  thinkers: number;
  /** Thoughts of one agent in an hour. */
  thoughtsPerHour: number;
  /** Calls in a minute that the owner of the world allows all minds together. */
  cap: number;
  promptTokens: number;
  answerTokens: number;
  /** For a million tokens. */
  inputPrice: number;
  outputPrice: number;
  /** For an hour. */
  machinePrice: number;
  /** Gigabytes that the log grows in a day. */
  diskPerDay: number;
  /** Days of log on the disk. */
  daysKept: number;
  /** For a gigabyte in a month. */
  diskPrice: number;
}

/** In US dollars, and in thoughts. A figure that needs an unknown assumption is NaN; the total leaves it out. */
export interface MonthCost {
  thoughts: number;
  model: number;
  machine: number;
  disk: number;
  total: number;
  /** Of the model's share, at the cap. */
  modelAtCap: number;
}

/** A month of 365 days divided by 12. */
export const HOURS = 730;
const MILLION = 1_000_000;

/** Unknown assumptions are NaN. */
export function monthCost(given: Assumptions): MonthCost {
  const perThought = (given.promptTokens * given.inputPrice + given.answerTokens * given.outputPrice) / MILLION;
  const most = given.cap * 60 * HOURS;
  const thoughts = Math.min(given.thinkers * given.thoughtsPerHour * HOURS, most);
  const model = thoughts * perThought;
  const machine = given.machinePrice * HOURS;
  const disk = given.diskPerDay * given.daysKept * given.diskPrice;
  const total = [model, machine, disk].filter(Number.isFinite).reduce((sum, part) => sum + part, 0);
  return { thoughts, model, machine, disk, total, modelAtCap: most * perThought };
}

const dollars = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' });
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** For a cell of the table. */
export function writeResult(name: keyof MonthCost, value: number): string {
  if (!Number.isFinite(value)) return 'not measured';
  return name === 'thoughts' ? whole.format(value) : dollars.format(value);
}
