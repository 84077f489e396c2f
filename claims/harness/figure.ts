import type { Arm } from '../check.ts';
import type { Distribution } from '../distribution.ts';
import { Limited } from './judge.ts';

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
