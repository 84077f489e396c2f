import type { ThinkRequest } from '../client/bindings/index.ts';

/**
 * What waits to be claimed, kept from row events: a world holds thousands of ended requests beside it, and none of them
 * may cost a look. It reads no clock, because the world's may differ from this machine's.
 */
export class Backlog {
  /** Never tried, so ready at once. */
  readonly #fresh = new Set<bigint>();
  /** Tried before, so ready after a back-off whose end is no event: whoever waits for it has to try. */
  readonly #backedOff = new Set<bigint>();

  see({ id, state, attempts }: ThinkRequest): void {
    this.forget(id);
    if (state.tag === 'Pending') (attempts === 0 ? this.#fresh : this.#backedOff).add(id);
  }

  forget(id: bigint): void {
    this.#fresh.delete(id);
    this.#backedOff.delete(id);
  }

  clear(): void {
    this.#fresh.clear();
    this.#backedOff.clear();
  }

  get isReady(): boolean {
    return this.#fresh.size > 0;
  }

  get mayBeReady(): boolean {
    return this.isReady || this.#backedOff.size > 0;
  }
}
