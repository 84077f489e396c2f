import type { DbConnection, ThinkContext, ThinkRequest } from '../client/bindings/index.ts';
import { plainText } from '../client/plain-text.ts';
import type { Breaker } from './breaker.ts';
import type { Mind } from './mind.ts';
import type { Pace } from './pace.ts';
import { Thought, type Answer, type Failure } from './thought.ts';

const STOPPED = 'the thinker stopped';

export interface LeasesOptions {
  mind: Mind;
  timeoutMs: number;
  pace: Pace;
  breaker: Breaker;
  /** Removes secrets from a text. */
  redact: (text: string) => string;
  log: (line: string) => void;
  /** The connection while it is live. */
  db: () => DbConnection | undefined;
  /** There may be room for another lease. */
  onFree: () => void;
}

/** The leases that this thinker holds: one thought for each, until the world shows that the lease has ended. */
export class Leases {
  readonly #options: LeasesOptions;
  readonly #thoughts = new Map<bigint, Thought>();
  /** By request: the SDK's own look-up walks through the whole table. */
  readonly #contexts = new Map<bigint, ThinkContext>();
  #stopped = false;

  constructor(options: LeasesOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#thoughts.size;
  }

  /** Follows the contexts on a new connection. */
  wire({ db }: DbConnection): void {
    this.#contexts.clear();
    db.thinkContext.onInsert((_, row) => this.#contexts.set(row.request, row));
    db.thinkContext.onUpdate((_, _before, row) => this.#contexts.set(row.request, row));
    db.thinkContext.onDelete((_, row) => this.#contexts.delete(row.request));
  }

  /** Keeps every lease for as long again, because a mind may think for longer than one lasts. */
  renewAll({ reducers }: DbConnection): void {
    for (const { request, epoch } of this.#thoughts.values()) reducers.renew(request, epoch);
  }

  /** After a reconnect: repeats answers that the world may have missed, and drops leases that it has taken back. */
  resume(db: DbConnection): void {
    for (const row of db.db.thinkContext.iter()) this.#contexts.set(row.request, row);
    const rows = new Map([...db.db.thinkRequest.iter()].map((row) => [row.id, row]));
    for (const thought of this.#thoughts.values()) {
      const row = rows.get(thought.request);
      if (row && thought.isHeldBy(row)) this.#send(db, thought);
      else this.end(thought.request, row);
    }
  }

  /**
   * Starts to think about a request, if the row shows a lease of ours that is not known yet.
   * @returns whether it was one
   */
  take(db: DbConnection, row: ThinkRequest): boolean {
    const isOurs = row.state.tag === 'Leased' && db.identity && row.leaseOwner?.isEqual(db.identity);
    if (!isOurs || this.#thoughts.has(row.id)) return false;
    const { mind, timeoutMs, log } = this.#options;
    const thought = new Thought(row);
    this.#thoughts.set(row.id, thought);
    if (this.#stopped) this.#giveBack(thought, STOPPED);
    else
      void thought
        .think(mind, this.#contexts.get(row.id), timeoutMs, log)
        .then((answer) => this.#settle(thought, answer));
    return true;
  }

  /** A row changed: ends the thought if the row no longer shows its lease. */
  compare(row: ThinkRequest): void {
    if (this.#thoughts.get(row.id)?.isHeldBy(row) === false) this.end(row.id, row);
  }

  /** The world rejected the action that was submitted. */
  reject(request: bigint, reason: string): void {
    const thought = this.#thoughts.get(request);
    if (!thought) return;
    thought.answer = undefined;
    this.#settle(thought, { reason: `the world rejected it: ${reason}`, cause: 'Refused', waitMs: 0 });
  }

  /** @param row what the world still shows of the request; absent when it shows nothing */
  end(request: bigint, row?: ThinkRequest): void {
    const thought = this.#thoughts.get(request);
    if (!thought) return;
    const { pace, log, onFree } = this.#options;
    this.#thoughts.delete(request);
    const { answer, label, ms } = thought;
    if (!answer) {
      const isLate = row?.state.tag === 'Expired';
      log(`${label} failed: ${isLate ? 'its deadline passed' : 'the world took its lease back'}, ${ms} ms`);
      pace.ended(0);
      thought.abandon();
    } else if ('action' in answer && row?.state.tag === 'Done') {
      log(`${label} ${thought.tells(answer.action)}, ${ms} ms`);
    }
    onFree();
  }

  /** Gives the youngest reflection back, because a player waits and nobody waits for a reflection. */
  yieldReflection(): void {
    const thought = [...this.#thoughts.values()].findLast(({ answer, isReflection }) => !answer && isReflection);
    if (thought) this.#giveBack(thought, 'it gave way to a question');
  }

  /** Gives each lease back that has no answer yet, and from now on every new one. */
  giveAllBack(): void {
    this.#stopped = true;
    for (const thought of this.#thoughts.values()) if (!thought.answer) this.#giveBack(thought, STOPPED);
  }

  #giveBack(thought: Thought, reason: string): void {
    this.#finish(thought, { reason, cause: 'Unavailable', waitMs: 0 });
    thought.abandon();
  }

  /** The mind is done with a thought, unless nobody waits for it any more. */
  #settle(thought: Thought, answer: Answer): void {
    if (thought.answer || this.#thoughts.get(thought.request) !== thought) return;
    const { breaker } = this.#options;
    const isFailure = 'reason' in answer && answer.cause === 'Unavailable';
    const isNews = isFailure ? breaker.failed(answer.reason) : true;
    this.#finish(thought, answer, isNews);
    if (!isFailure) breaker.answered();
  }

  /** Keeps the thought until a row shows that the world has its answer: a call can be lost with its connection. */
  #finish(thought: Thought, answer: Answer, isNews = true): void {
    if (thought.answer || this.#thoughts.get(thought.request) !== thought) return;
    const { pace, log, db } = this.#options;
    thought.answer = answer;
    if ('reason' in answer && isNews)
      log(`${thought.label} failed: ${answer.reason}${waits(answer)}, ${thought.ms} ms`);
    pace.ended('reason' in answer ? answer.waitMs : 0);
    const live = db();
    if (live) this.#send(live, thought);
  }

  /** May be repeated: the world rejects the second call, because the lease has ended. */
  #send({ reducers }: DbConnection, { request, epoch, answer }: Thought): void {
    if (!answer) return;
    if ('action' in answer) reducers.submit(request, epoch, answer.action);
    else {
      const reason = plainText(this.#options.redact(answer.reason));
      reducers.giveBack(request, epoch, { tag: answer.cause }, reason, answer.waitMs);
    }
  }
}

function waits({ waitMs }: Failure): string {
  return waitMs > 0 ? `; it asks for a pause of ${Math.ceil(waitMs / 1_000)} s` : '';
}
