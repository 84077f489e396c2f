import type { Condition } from '../condition.ts';
import { round } from '../harness/statistics.ts';
import { SECOND } from '../series.ts';

type Figure = Condition['figures'][number];

/** Publishes what a run saw at one moment after the other. The page draws such conditions over time. */
export class TimeSeries {
  readonly #under: (condition: Condition) => void;
  readonly #began = performance.now();
  #moments = 0;

  /** @param under publishes a condition of the run */
  constructor(under: (condition: Condition) => void) {
    this.#under = under;
  }

  /** @param phase what is different from other phases, in words */
  add(phase: string, figures: Figure[]): void {
    const second = round((performance.now() - this.#began) / 1_000);
    this.#under({
      name: `moment-${++this.#moments}`,
      label: phase,
      figures: [
        { name: SECOND, label: 'Time', value: second, unit: 's' },
        ...figures.map((figure) => ({ ...figure, value: round(figure.value) })),
      ],
    });
  }
}
