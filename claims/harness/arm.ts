import type { Arm } from '../check.ts';
import type { Tally } from '../distribution.ts';
import type { Figure } from './figure.ts';
import type { Definitions } from './figures.ts';

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
