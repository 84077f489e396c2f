import type { ThoughtStep } from '../../spike/client/thought-step.ts';

/** Counts the answers that the world refused, since the page came. */
export class Refusals {
  /** By request, since the last reconnect. */
  readonly #now = new Map<number, number>();
  /** By request, the most that were ever seen. */
  readonly #most = new Map<number, number>();

  get count(): number {
    return [...this.#most.values()].reduce((sum, count) => sum + count, 0);
  }

  /** @param anew whether the steps start over, so that they repeat the last refusal of each request */
  add(steps: ThoughtStep[], anew: boolean): void {
    if (anew) this.#now.clear();
    for (const { what, request } of steps) {
      if (what !== 'refused') continue;
      const count = (this.#now.get(request) ?? 0) + 1;
      this.#now.set(request, count);
      this.#most.set(request, Math.max(count, this.#most.get(request) ?? 0));
    }
  }
}
