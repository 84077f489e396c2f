import type { Backlog } from './backlog.ts';

/** A back-off ends, and a minute's calls are free again, without any row changing. */
const POLL_MS = 1_000;
const FIRST_RETRY_MS = 5;

export interface PullerOptions {
  backlog: Backlog;
  /** How many leases the thinker can take now; 0 while it has no connection. */
  capacity: () => number;
  /** Calls the reducer. */
  lease: (count: number) => void;
  /** A question has waited for a while, because the thinker has no capacity. */
  makeRoom: () => void;
}

/** Decides when to ask the world for leases: at once while work is waiting, more rarely while calls bring nothing. */
export class LeasePuller {
  readonly #options: PullerOptions;
  readonly #poll: ReturnType<typeof setInterval>;
  #isCalling = false;
  /** Whether the last call brought a lease. Then another call is worth trying. */
  #isFruitful = false;
  /** Calls in a row that brought nothing although work was waiting, as when this minute's calls are used up. */
  #inVain = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;
  /** The questions that waited at the last poll. */
  #waited: ReadonlySet<bigint> = new Set();

  constructor(options: PullerOptions) {
    this.#options = options;
    this.#poll = setInterval(() => {
      this.#isFruitful = true;
      this.pull();
      this.#watchQuestions();
    }, POLL_MS);
  }

  get isCalling(): boolean {
    return this.#isCalling;
  }

  /** On a new connection: a call that was sent on the old one is never answered. */
  reset(): void {
    this.#isCalling = false;
  }

  /** A lease arrived. */
  received(): void {
    this.#isFruitful = true;
  }

  /** Call this whenever there may be work or room for it. */
  pull(): void {
    const { backlog, capacity, lease } = this.#options;
    const isPromising = backlog.isReady || (this.#isFruitful && backlog.mayBeReady);
    if (this.#stopped || this.#isCalling || this.#retry || !isPromising) return;
    const free = capacity();
    if (free <= 0) return;
    this.#isCalling = true;
    this.#isFruitful = false;
    lease(free);
  }

  /** The world answered the call, and `received` was called for each lease it brought. */
  answered(): void {
    this.#isCalling = false;
    this.#inVain = this.#isFruitful || !this.#options.backlog.isReady ? 0 : this.#inVain + 1;
    if (this.#inVain === 0) return this.pull();
    const waitMs = Math.min(POLL_MS, FIRST_RETRY_MS * 2 ** this.#inVain);
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.pull();
    }, waitMs);
  }

  #watchQuestions(): void {
    const { backlog, makeRoom } = this.#options;
    const waits = [...backlog.questions].some((id) => this.#waited.has(id));
    this.#waited = new Set(backlog.questions);
    if (waits && !this.#isCalling) makeRoom();
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#poll);
    clearTimeout(this.#retry);
  }
}
