import type { ThinkRequest } from '../client/bindings/index.ts';

/**
 * The requests that wait for a lease, kept up to date from row events: scanning the table would also visit thousands of
 * ended requests. It reads no clock, because the world's may differ from this machine's.
 */
export class Backlog {
  /** Never leased, so ready at once. */
  readonly #fresh = new Set<bigint>();
  /** Leased before, so ready after a back-off. No event marks its end, so the only way to know is to try. */
  readonly #backedOff = new Set<bigint>();

  /** Those of the fresh ones for which a player waits. */
  readonly #questions = new Set<bigint>();

  see({ id, state, leaseEpoch, priority }: ThinkRequest): void {
    this.forget(id);
    if (state.tag !== 'Pending') return;
    const isFresh = leaseEpoch === 0n;
    (isFresh ? this.#fresh : this.#backedOff).add(id);
    if (isFresh && priority.tag === 'Question') this.#questions.add(id);
  }

  forget(id: bigint): void {
    this.#fresh.delete(id);
    this.#questions.delete(id);
    this.#backedOff.delete(id);
  }

  clear(): void {
    this.#fresh.clear();
    this.#questions.clear();
    this.#backedOff.clear();
  }

  /** The questions that nobody has leased yet. */
  get questions(): ReadonlySet<bigint> {
    return this.#questions;
  }

  get isReady(): boolean {
    return this.#fresh.size > 0;
  }

  get mayBeReady(): boolean {
    return this.isReady || this.#backedOff.size > 0;
  }
}
