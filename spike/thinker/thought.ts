import type { Action, GiveBackCause, ThinkContext, ThinkRequest } from '../client/bindings/index.ts';
import { intentionOf } from '../client/sentence.ts';
import { CONTEXT_VERSION } from '../client/world-constants.ts';
import { Payload, UnavailableError, type Context, type Mind } from './mind.ts';

/** Why there is no action. */
export interface Failure {
  reason: string;
  /** Whether the mind answered and was refused, or gave no answer. */
  cause: GiveBackCause['tag'];
  /** How long the mind asks to be left alone, in milliseconds. */
  waitMs: number;
}

/** How a thought ended. */
export type Answer = { action: Action } | Failure;

/** One lease of ours, from the row that shows it until a row shows that the world has its answer. */
export class Thought {
  readonly request: bigint;
  readonly epoch: bigint;
  readonly isReflection: boolean;
  /** Absent while the mind thinks. */
  answer: Answer | undefined;
  #who: string;
  /** Who is there, by id, as the mind was told. */
  readonly #names = new Map<number, string>();
  readonly #started = performance.now();
  readonly #over = new AbortController();

  constructor({ id, leaseEpoch, agent, priority }: ThinkRequest) {
    this.request = id;
    this.epoch = leaseEpoch;
    this.isReflection = priority.tag === 'Reflection';
    this.#who = `agent ${agent}`;
  }

  /** The agent and the request, for the log. */
  get label(): string {
    return `${this.#who} (request ${this.request})`;
  }

  /** An action in words, for a log. */
  tells(action: Action): string {
    return intentionOf(action, (agent) => this.#names.get(agent) ?? `agent ${agent}`);
  }

  get ms(): number {
    return Math.round(performance.now() - this.#started);
  }

  /** Whether `row` still shows this lease. */
  isHeldBy({ state, leaseEpoch }: ThinkRequest): boolean {
    return state.tag === 'Leased' && leaseEpoch === this.epoch;
  }

  /** Asks the mind. Never rejects: a failure is an answer too. */
  async think(
    mind: Mind,
    row: ThinkContext | undefined,
    timeoutMs: number,
    log: (line: string) => void,
  ): Promise<Answer> {
    try {
      const context = read(row);
      this.#who = context.agent?.name ?? this.#who;
      for (const { id, name } of context.here) this.#names.set(id, name);
      return { action: await within(timeoutMs, this.#over.signal, (signal) => mind.think(context, signal, log)) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const isUnavailable = error instanceof UnavailableError;
      return { reason, cause: isUnavailable ? 'Unavailable' : 'Refused', waitMs: isUnavailable ? error.waitMs : 0 };
    }
  }

  /** Tells the mind to stop, because nobody waits for its answer any more. It may ignore that. */
  abandon(): void {
    this.#over.abort();
  }
}

/** @throws UnavailableError when this thinker cannot read the context, because another one may be able to */
function read(row: ThinkContext | undefined): Context {
  if (!row) throw new UnavailableError('the request has no context');
  if (row.version !== CONTEXT_VERSION)
    throw new UnavailableError(
      `the context has version ${row.version}, and this thinker reads version ${CONTEXT_VERSION}`,
    );
  return { ...Payload.parse(JSON.parse(row.payload)), refusal: row.refusal };
}

/**
 * Stops waiting at the timeout, even for a mind that ignores its signal. A mind that times out did not answer, so that
 * does not count as an attempt: it may only be starting, or be out of reach behind a network that loses what it is sent.
 */
async function within<T>(ms: number, over: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.any([AbortSignal.timeout(ms), over]);
  const reason = () => new UnavailableError(over.aborted ? 'the thought was abandoned' : `no thought within ${ms} ms`);
  const ended = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(reason()), { once: true }),
  );
  return Promise.race([(async () => work(signal))(), ended]);
}
