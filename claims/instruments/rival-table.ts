import type { Condition } from '../condition.ts';
import { quantileOf, round } from '../harness/statistics.ts';
import type { Cell } from './rival-arms.ts';
import type { Watched } from './rival-watched.ts';

/** With more ticks missing than this, in per cent, a world falls behind, and the delays of the rest mean nothing. */
const SATURATED = 10;

type Named = Record<'name' | 'label', string>;

export const nameOf = ({ acting, watchers, place }: Cell): string =>
  `${acting}x${watchers}${place === undefined ? '' : '-place'}`;

/** What every arm showed under each load, over all rounds. */
export class RivalTable {
  readonly #seen = new Map<string, { arm: Named; cell: Cell; rounds: Watched[] }>();

  add(arm: Named, cell: Cell, watched: Watched): void {
    const key = keyOf(arm.name, cell);
    this.#seen.set(key, { arm, cell, rounds: [...this.#roundsOf(arm.name, cell), watched] });
  }

  /** One line of the page's table for each arm and load. */
  get conditions(): Condition[] {
    return [...this.#seen.values()].map(({ arm, cell, rounds }) => conditionOf(arm, cell, rounds));
  }

  /**
   * How many times as long the tick takes to the last watcher with one arm as with the other, at the median. Where either
   * fell behind there is nothing to compare, and the label says so.
   * @returns nothing when no load can be compared
   */
  factors(slow: Named, fast: Named, cells: Cell[]): Condition | undefined {
    const arms = [slow, fast];
    const isSaturated = (cell: Cell) => arms.some(({ name }) => saturated(this.#roundsOf(name, cell)));
    const compared = cells.filter((cell) => !isSaturated(cell));
    if (compared.length === 0) return undefined;
    const without = cells.filter(isSaturated).map((cell) => `, ${nameOf(cell)} saturated`);
    const p50 = ({ name }: Named, cell: Cell) => quantileOf(delaysOf(this.#roundsOf(name, cell)), 0.5);
    return {
      name: 'factor',
      label: `${slow.label} against ${fast.label}${without.join('')}`,
      figures: compared.map((cell) => ({
        name: nameOf(cell),
        label: `Times as long, ${nameOf(cell)}`,
        unit: '×',
        value: round(p50(slow, cell) / p50(fast, cell)),
      })),
    };
  }

  #roundsOf(arm: string, cell: Cell): Watched[] {
    return this.#seen.get(keyOf(arm, cell))?.rounds ?? [];
  }
}

const keyOf = (arm: string, cell: Cell) => `${arm}-${nameOf(cell)}`;
const delaysOf = (rounds: Watched[]) => rounds.flatMap(({ delays }) => delays);
const saturated = (rounds: Watched[]) => missing(rounds) > SATURATED;

/** Per cent of the ticks that did not reach all watchers: all of them where nothing was watched. */
function missing(rounds: Watched[]): number {
  const expected = rounds.reduce((sum, round) => sum + round.expected, 0);
  return expected === 0 ? 100 : Math.max(0, 100 - (delaysOf(rounds).length / expected) * 100);
}

function conditionOf(arm: Named, cell: Cell, rounds: Watched[]): Condition {
  const delays = delaysOf(rounds);
  const isSaturated = saturated(rounds);
  const figure = (name: string, label: string, unit: string, value: number) => ({
    name,
    label,
    unit,
    value: round(value),
  });
  const average = (name: keyof Omit<Watched, 'delays'>) =>
    rounds.reduce((sum, one) => sum + one[name], 0) / rounds.length;
  const label = 'Due time to the last watcher';
  const sees = cell.place === undefined ? 'everything' : 'one place';
  return {
    name: keyOf(arm.name, cell),
    label: `${arm.label}: ${cell.acting.toLocaleString('en')} acting, ${cell.watchers} watching ${sees}${isSaturated ? ' (saturated)' : ''}`,
    figures: [
      ...(isSaturated
        ? []
        : [
            figure('due.p50', `${label}, p50`, 'ms', quantileOf(delays, 0.5)),
            figure('due.p99', `${label}, p99`, 'ms', quantileOf(delays, 0.99)),
          ]),
      figure('missing', 'Ticks that did not reach all', '%', missing(rounds)),
      figure('cpu', 'Processor time of a tick', 'ms', average('cpu')),
      figure('cpu-watchers', 'Processor time of the watchers', 'ms', average('watcherCpu')),
      figure('sent', 'Sent in a tick', 'kB', average('sent') / 1_000),
      figure('logged', 'Logged in a tick', 'kB', average('logged') / 1_000),
    ],
  };
}
