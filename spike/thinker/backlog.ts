import type { ThinkRequest } from '../client/bindings/index.ts';

/**
 * The requests that wait for a lease, kept up to date from row events: scanning the table would also visit thousands of
 * ended requests. It reads no clock, because the world's may differ from this machine's.
 */
export class Backlog {
  /** Never tried, so ready at once. */
  readonly #fresh = new Set<bigint>();
  /** Tried before, so ready after a back-off. No event marks its end, so the only way to know is to try. */
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
