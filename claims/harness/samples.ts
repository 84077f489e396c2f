import type { Arm } from '../check.ts';
import type { Distribution } from '../distribution.ts';
import { Figure } from './figure.ts';
import { Limited } from './judge.ts';
import { distribution, quantileOf } from './statistics.ts';

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
