import type { Action, ThinkContext, ThinkRequest } from '../client/bindings/index.ts';
import { Context, CONTEXT_VERSION, MindError, type Mind } from './mind.ts';

/** How a thought ended: what is to be done, or why there is nothing. */
export type Verdict = { action: Action } | { reason: string; waitMs: number };

/** One lease of ours, from the row that shows it until a row shows that the world has its verdict. */
export class Thought {
  readonly request: bigint;
  readonly epoch: bigint;
  /** Absent while the mind thinks. */
  verdict: Verdict | undefined;
  #who: string;
  readonly #started = performance.now();
  readonly #over = new AbortController();

  constructor({ id, leaseEpoch, agent }: ThinkRequest) {
    this.request = id;
    this.epoch = leaseEpoch;
    this.#who = `agent ${agent}`;
  }

  /** Who thinks about what, as a log shows it. */
  get label(): string {
    return `${this.#who} (request ${this.request})`;
  }

  get ms(): number {
    return Math.round(performance.now() - this.#started);
  }

  /** Whether `row` still shows this lease. */
  isHeldBy({ state, leaseEpoch }: ThinkRequest): boolean {
    return state.tag === 'Leased' && leaseEpoch === this.epoch;
  }

  /** Asks the mind. Never rejects: a failure is a verdict too. */
  async think(mind: Mind, told: ThinkContext | undefined, timeoutMs: number): Promise<Verdict> {
    try {
      const context = read(told);
      this.#who = context.agent?.name ?? this.#who;
      return { action: await within(timeoutMs, this.#over.signal, (signal) => mind.think(context, signal)) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { reason, waitMs: error instanceof MindError ? error.waitMs : 0 };
    }
  }

  /** Stops the mind, where it listens: nobody waits for it any more. */
  abandon(): void {
    this.#over.abort();
  }
}

function read(told: ThinkContext | undefined): Context {
  if (!told) throw new Error('the request has no context');
  if (told.version !== CONTEXT_VERSION)
    throw new Error(`the context has version ${told.version}, and this thinker reads ${CONTEXT_VERSION}`);
  return Context.parse(JSON.parse(told.payload));
}

/** Stops waiting when the time is up, even for a mind that ignores its signal. */
async function within<T>(ms: number, over: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.any([AbortSignal.timeout(ms), over]);
  const reason = () => new Error(over.aborted ? 'nobody waits for it any more' : `no thought within ${ms} ms`);
  const ended = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(reason()), { once: true }),
  );
  return Promise.race([(async () => work(signal))(), ended]);
}
