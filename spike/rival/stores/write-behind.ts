import type { Delta, Saved } from '../world/delta.ts';
import type { Agent, Clock, ThinkStats } from '../world/rows.ts';
import { RowsStore, type RowsOptions } from './rows.ts';
import type { Store } from './store.ts';

export interface WriteBehindOptions extends RowsOptions {
  /** How often positions are written, in milliseconds. */
  flushMs: number;
}

/** Positions that one transaction writes, so that a trade does not wait for all of them. */
const SLICE = 5_000;

/**
 * As games do it: where somebody is, and what the time is, is written every few seconds, and may be that old after a
 * crash. Everything that has value is written at once, both sides of a trade in one transaction: goods, gold, people,
 * events and thoughts. A player who leaves is written as well.
 */
export class WriteBehindStore implements Store {
  readonly #rows: RowsStore;
  readonly #timer: NodeJS.Timeout;
  readonly #dirty = new Map<number, Agent>();
  #clock: Clock | undefined;
  #stats: ThinkStats | undefined;
  #last: Delta | undefined;
  #flushing: Promise<void> | undefined;
  #failure: Error | undefined;

  private constructor(rows: RowsStore, flushMs: number) {
    this.#rows = rows;
    this.#timer = setInterval(() => this.#startFlush(), flushMs);
  }

  static async open(options: WriteBehindOptions): Promise<WriteBehindStore> {
    return new WriteBehindStore(await RowsStore.open(options), options.flushMs);
  }

  load(): Promise<Saved | undefined> {
    return this.#rows.load();
  }

  async commit(delta: Delta): Promise<void> {
    if (this.#failure) throw this.#failure;
    const isTick = delta.tick !== this.#last?.tick;
    this.#last = delta;
    for (const agent of delta.agents) this.#dirty.set(agent.id, agent);
    this.#clock = delta.clock ?? this.#clock;
    this.#stats = delta.stats ?? this.#stats;
    if (hasValue(delta) || (delta.clock && !isTick)) await this.#rows.commit(this.#writeThrough(delta));
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flushing;
    await this.#flush();
    await this.#rows.close();
  }

  #writeThrough(delta: Delta): Delta {
    // They stay dirty: a flush that is under way may still write where they were before.
    const leaving = delta.players.flatMap(({ agent, online }) => (online ? [] : (this.#dirty.get(agent) ?? [])));
    return {
      ...delta,
      agents: leaving,
      from: leaving.map(({ place }) => place),
      clock: this.#clock,
      stats: this.#stats,
    };
  }

  #startFlush(): void {
    this.#flushing ??= this.#flush()
      .catch((error: unknown) => {
        this.#failure = error as Error;
      })
      .finally(() => (this.#flushing = undefined));
  }

  async #flush(): Promise<void> {
    const positions = [...this.#dirty.values()];
    this.#dirty.clear();
    for (let first = 0; this.#last && (first === 0 || first < positions.length); first += SLICE) {
      const { sequence, tick } = this.#last;
      const agents = positions.slice(first, first + SLICE);
      await this.#rows.commit({ ...NOTHING, sequence, tick, agents, clock: this.#clock, stats: this.#stats });
    }
  }
}

const NOTHING: Omit<Delta, 'sequence' | 'tick'> = {
  clock: undefined,
  newcomers: [],
  agents: [],
  from: [],
  players: [],
  roles: [],
  holdings: [],
  said: [],
  events: [],
  requests: [],
  contexts: [],
  forgotten: [],
  stats: undefined,
  policy: undefined,
};

function hasValue({ newcomers, players, roles, holdings, events, requests, forgotten, policy }: Delta): boolean {
  const rows = [newcomers, players, roles, holdings, events, requests, forgotten];
  return policy !== undefined || rows.some(({ length }) => length > 0);
}
