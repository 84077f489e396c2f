import { mode } from './provenance.ts';

const ROUNDS = { quick: 2, full: 3 };

/** How much to measure: quick shows that the experiment works, full is for the record. */
export class Scale {
  readonly rounds: number;
  readonly #begin: () => void;

  /**
   * @param begin tells the figures that a round begins
   * @param quickRounds of a quick run
   */
  constructor(begin: () => void = () => {}, quickRounds = ROUNDS.quick) {
    this.rounds = of(quickRounds, ROUNDS.full);
    this.#begin = begin;
  }

  of<T>(quick: T, full: T): T {
    return of(quick, full);
  }

  /**
   * Runs a round as often as the scale says. Measure subject and control in turn inside it, so that both see the same
   * machine.
   */
  async each(round: (index: number) => Promise<void>, times = this.rounds): Promise<void> {
    for (let index = 0; index < times; index++) {
      this.#begin();
      await round(index);
    }
  }
}

/** One value for quick runs, another for full ones. */
export function of<T>(quick: T, full: T): T {
  return mode === 'full' ? full : quick;
}
