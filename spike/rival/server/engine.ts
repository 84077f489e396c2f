import type { Store } from '../stores/store.ts';
import { change, type Change } from '../world/change.ts';
import type { Delta } from '../world/delta.ts';
import { Refusal } from '../world/refusal.ts';
import type { World } from '../world/state.ts';
import { reap } from '../world/think/reaper.ts';
import { advance } from '../world/tick.ts';
import { DueTimer } from './due-timer.ts';
import { nowMicros } from './now.ts';

const REAP_EVERY_MS = 1_000;

export interface EngineOptions {
  world: World;
  store: Store;
  /** Sends a delta to watchers. Called in order, once the delta is as durable as the store promises. */
  publish: (delta: Delta) => void;
  /** Memory and store may differ from now on: the process has to end. */
  onFailure: (error: unknown) => void;
  /** A control: publish before the commit settles. */
  publishEarly: boolean;
}

/**
 * One thread owns the world, and each act and tick runs to its end. Its delta then goes to the store. The clock does not
 * wait for that, but callers and watchers do, and a refused caller too: a refusal shows what the world has become.
 */
export class Engine {
  readonly world: World;
  readonly #options: EngineOptions;
  readonly #timer = new DueTimer(() => this.#tick());
  readonly #reaper = setInterval(() => void this.do(reap), REAP_EVERY_MS);
  /** Settles when everything so far is published. */
  #published: Promise<void> = Promise.resolve();

  constructor(options: EngineOptions) {
    this.#options = options;
    this.world = options.world;
    this.#wind();
  }

  /**
   * Does one act.
   * @returns what `work` returned, once the act is durable and published
   * @throws Refusal, as late as a success would have been returned
   */
  async do<T>(work: (change: Change) => T): Promise<T> {
    try {
      const { result, delta } = change(this.world, nowMicros(), work);
      await (delta ? this.#publish(delta) : this.#published);
      if (delta?.clock) this.#wind();
      return result;
    } catch (error) {
      if (error instanceof Refusal) await this.#published;
      else this.#options.onFailure(error);
      throw error;
    }
  }

  /** Calls `send` after everything that happened before this call is published, and before anything later is. */
  inTurn(send: () => void, settled: Promise<void> = Promise.resolve()): Promise<void> {
    this.#published = Promise.all([this.#published, settled]).then(send);
    this.#published.catch(this.#options.onFailure);
    return this.#published;
  }

  /** Stops the clock, and settles when everything is published. */
  async stop(): Promise<void> {
    this.#timer.stop();
    clearInterval(this.#reaper);
    await this.#published;
  }

  #tick(): void {
    const delta = advance(this.world, nowMicros());
    this.#wind();
    void this.#publish(delta);
  }

  #publish(delta: Delta): Promise<void> {
    const { store, publish, publishEarly, onFailure } = this.#options;
    const committed = store.commit(delta);
    committed.catch(onFailure);
    return this.inTurn(() => publish(delta), publishEarly ? undefined : committed);
  }

  #wind(): void {
    const { paused, nextDue } = this.world.clock;
    if (paused) this.#timer.stop();
    else this.#timer.set(nextDue);
  }
}
