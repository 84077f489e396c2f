import type { ThoughtStep } from '../../spike/client/thought-step.ts';

const MOST = 500;

/** The lives of the last think requests, step by step. Only the owner's page and a recording know them. */
export class Thoughts {
  readonly #steps = new Map<number, ThoughtStep[]>();
  /** Rises with each change. */
  version = 0;

  /** Whether the page knows the life of any request. */
  get isEmpty(): boolean {
    return this.#steps.size === 0;
  }

  /** The world goes on from an earlier moment, so what was seen may not have happened. */
  clear(): void {
    this.version++;
    this.#steps.clear();
  }

  add(steps: ThoughtStep[]): void {
    if (steps.length > 0) this.version++;
    for (const step of steps) this.#steps.set(step.request, [...this.of(step.request), step]);
    for (const [request] of this.#steps) {
      if (this.#steps.size <= MOST) break;
      this.#steps.delete(request);
    }
  }

  /** Of one request, oldest first; empty where the page does not know it. */
  of(request: number): ThoughtStep[] {
    return this.#steps.get(request) ?? [];
  }

  /** The last requests of an agent, newest first. */
  lastOf(agent: number, most: number): ThoughtStep[][] {
    return [...this.#steps.values()]
      .filter(([first]) => first?.agent === agent)
      .slice(-most)
      .reverse();
  }
}
