import type { Arm, Distribution, Tally } from '../evidence.ts';
import { Limited } from './judge.ts';
import { distribution, quantileOf } from './statistics.ts';

/** What an experiment counts in one arm, kept by round. */
export abstract class Figure extends Limited {
  readonly arm: Arm;
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly #rounds: number[][] = [];
  #isNewRound = true;

  constructor(arm: Arm, name: string, { label, unit }: { label: string; unit: string }) {
    super();
    this.arm = arm;
    this.name = name;
    this.label = label;
    this.unit = unit;
  }

  /** What is added next belongs to a new round. */
  begin(): void {
    this.#isNewRound = true;
  }

  add(...values: number[]): void {
    if (values.some((value) => !Number.isFinite(value)))
      throw new Error(`${this.anchor} got ${values.join(', ')}: add finite numbers`);
    if (this.#isNewRound) this.#rounds.push([]);
    this.#isNewRound = false;
    this.#rounds.at(-1)?.push(...values);
  }

  /** Only samples have one. */
  get distribution(): Distribution | undefined {
    return undefined;
  }

  /** The values of each round in which any were added. */
  get added(): number[][] {
    return this.#rounds.filter(({ length }) => length > 0);
  }
}

/** How often something happened: the sum of what was added. */
class Count extends Figure {
  get rounds(): number[] {
    return this.added.map(sum);
  }

  get value(): number {
    return sum(this.rounds);
  }
}

/** The mean of the rounds, each of them the mean of what was added. */
class Mean extends Figure {
  get rounds(): number[] {
    return this.added.map(average);
  }

  get value(): number {
    return average(this.rounds);
  }
}

/** The least of the rounds, each of them the least of what was added. */
class Least extends Figure {
  get rounds(): number[] {
    return this.added.map((values) => Math.min(...values));
  }

  get value(): number {
    return Math.min(...this.rounds);
  }
}

/** A quantile over the pooled samples, and in each round. */
class Quantile extends Limited {
  readonly arm: Arm;
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly #samples: Samples;
  readonly #q: number;

  constructor(samples: Samples, key: string, label: string, q: number) {
    super();
    this.arm = samples.arm;
    this.name = `${samples.name}.${key}`;
    this.label = `${samples.label}, ${label}`;
    this.unit = samples.unit;
    this.#samples = samples;
    this.#q = q;
  }

  get value(): number {
    return quantileOf(this.#samples.added.flat(), this.#q);
  }

  get rounds(): number[] {
    return this.#samples.added.map((values) => quantileOf(values, this.#q));
  }
}

/** What each arm's curve shows, e.g. `1,000 agents move in each tick`; an arm without an entry is not drawn. */
export type Curves = Partial<Record<Arm, string>>;

/** Single values: their quantiles are figures, and their distribution is what the page plots. */
export class Samples extends Figure {
  readonly curves: Curves;

  constructor(arm: Arm, name: string, words: { label: string; unit: string; curves: Curves }) {
    super(arm, name, words);
    this.curves = words.curves;
  }

  get p50(): Quantile {
    return new Quantile(this, 'p50', 'p50', 0.5);
  }

  get p90(): Quantile {
    return new Quantile(this, 'p90', 'p90', 0.9);
  }

  get p99(): Quantile {
    return new Quantile(this, 'p99', 'p99', 0.99);
  }

  get max(): Quantile {
    return new Quantile(this, 'max', 'worst', 1);
  }

  /** Samples have no value of their own; a limit goes on a quantile. */
  get value(): never {
    throw new Error(`${this.anchor} are samples: put the limit on p50, p90, p99 or max`);
  }

  get rounds(): never {
    return this.value;
  }

  override get distribution(): Distribution | undefined {
    const { arm, name, unit } = this;
    const label = this.curves[arm];
    return label && this.added.length > 0 ? distribution({ arm, label, name, unit }, this.added) : undefined;
  }
}

/** Makes a figure of one arm; its name comes from its key. */
type Definition<F extends Figure> = (arm: Arm, name: string) => F;
export type Definitions = Record<string, Definition<Figure>>;

export const count =
  (label: string, unit: string): Definition<Count> =>
  (arm, name) =>
    new Count(arm, name, { label, unit });

/** @param citedAs where citations know the figure by another name than its key */
export const mean =
  (label: string, unit: string, citedAs?: string): Definition<Mean> =>
  (arm, name) =>
    new Mean(arm, citedAs ?? name, { label, unit });

export const least =
  (label: string, unit: string): Definition<Least> =>
  (arm, name) =>
    new Least(arm, name, { label, unit });

/** @param citedAs where citations know the figure by another name than its key */
export const samples =
  (label: string, unit: string, curves: Curves = {}, citedAs?: string): Definition<Samples> =>
  (arm, name) =>
    new Samples(arm, citedAs ?? name, { label, unit, curves });

/** The figures of one arm, and how often each outcome was seen in it. */
export class ArmOf<D extends Definitions> {
  readonly figures: { readonly [K in keyof D]: ReturnType<D[K]> };
  readonly #arm: Arm;
  readonly #tallies = new Map<string, Tally>();

  constructor(arm: Arm, definitions: D) {
    this.#arm = arm;
    const figures = Object.entries(definitions).map(([key, define]) => [key, define(arm, nameOf(key))]);
    this.figures = Object.fromEntries(figures) as typeof this.figures;
  }

  /** Adds outcomes to those that were seen under the same label. */
  tally(label: string, outcomes: Record<string, number>): void {
    const seen = this.#tallies.get(label)?.outcomes ?? {};
    const total = Object.entries(outcomes).map(([outcome, times]) => [outcome, (seen[outcome] ?? 0) + times]);
    const merged = { ...seen, ...(Object.fromEntries(total) as Record<string, number>) };
    this.#tallies.set(label, { arm: this.#arm, label, outcomes: merged });
  }

  get tallies(): Tally[] {
    return [...this.#tallies.values()];
  }

  get all(): Figure[] {
    return Object.values<Figure>(this.figures);
  }
}

/** `firstTick` is cited as `first-tick`. */
function nameOf(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function average(values: number[]): number {
  return sum(values) / values.length;
}
