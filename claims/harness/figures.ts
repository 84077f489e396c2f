import type { Arm } from '../check.ts';
import { Figure } from './figure.ts';
import { Samples, type Curves } from './samples.ts';

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

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function average(values: number[]): number {
  return sum(values) / values.length;
}
