import { part, write } from './dom.ts';
import type { Scene } from './scene.ts';
import { Strip } from './strip.ts';

const integer = new Intl.NumberFormat('en-GB');
const STATES = ['pending', 'leased', 'done', 'dead', 'expired', 'callsLeft'] as const;

/** Who waits for a thought, by state, and how many did over the last minute. */
export class QueueView {
  readonly #strip = new Strip(part('open'));
  readonly #figures = STATES.map((state) => ({ state, figure: part(`queue-${state}`) }));
  readonly #oldest = part('queue-oldest');

  show({ queue, open, now, phases }: Scene): void {
    this.#strip.draw([...open, ...open.slice(-1).map(({ value }) => ({ atMs: now, value }))], now);
    this.#strip.shade(phases, now);
    for (const { state, figure } of this.#figures) write(figure, queue ? integer.format(queue[state]) : '–');
    write(this.#oldest, queue ? `${(queue.oldestAgeMs / 1_000).toFixed(queue.oldestAgeMs < 10_000 ? 1 : 0)} s` : '–');
  }
}
