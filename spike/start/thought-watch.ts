import type { DbConnection, ThinkRequest } from '../client/bindings/index.ts';
import { connect, type Link } from '../client/connect.ts';
import { stepsOf, type ThoughtStep } from '../client/thought-step.ts';
import { memoryTokens } from '../client/token-store.ts';

/** What a page has not seen yet. */
export interface News {
  /** Rises with each connection: what came before it is of a state that a crash may have undone. */
  era: number;
  /** To ask for next. */
  next: number;
  steps: ThoughtStep[];
}

/** Whether thoughts are whole, as one consistent state of the world shows it. */
export interface Wholeness {
  /** Requests that have more than one event. */
  doubled: number;
  /** Requests that are done without their event, or have one without being done. */
  halves: number;
}

const MOST_STEPS = 2_000;
const TABLES = ['think_request', 'think_context', 'think_outcome', 'event', 'archive'];

/**
 * Follows every think request, for the owner's page: only thinkers are sent these rows. It connects as one and leases
 * nothing. What a mind is told stays here.
 */
export class ThoughtWatch {
  readonly #link: Link;
  #era = 0;
  #first = 0;
  #steps: ThoughtStep[] = [];

  constructor({ url, database, token }: { url: string; database: string; token: string }) {
    this.#link = connect({
      ...{ url, database, tokens: memoryTokens(token) },
      queries: TABLES.map((table) => `SELECT * FROM ${table}`),
      wire: (db) => this.#wire(db),
    });
  }

  /** @param seen what the last answer said; a page that has seen nothing asks with era 0 */
  news(seen: { era: number; next: number }): News {
    const from = seen.era === this.#era ? Math.max(0, seen.next - this.#first) : 0;
    return { era: this.#era, next: this.#first + this.#steps.length, steps: this.#steps.slice(from) };
  }

  /** @returns undefined while there is no connection */
  wholeness(): Wholeness | undefined {
    return this.#link.db && wholenessOf(this.#link.db);
  }

  close(): void {
    this.#link.close();
  }

  #wire(db: DbConnection): void {
    this.#era++;
    [this.#first, this.#steps] = [0, []];
    const { thinkRequest } = db.db;
    thinkRequest.onInsert((_, row) => this.#see(db, undefined, row));
    thinkRequest.onUpdate((_, before, row) => this.#see(db, before, row));
    thinkRequest.onDelete((_, { id, agent, asker, state }) => {
      if (state.tag !== 'Pending') return;
      const atMs = nowOf(db);
      this.#add([{ request: Number(id), agent, asker, what: 'replaced', atMs, reason: '' }]);
    });
  }

  #see(db: DbConnection, before: ThinkRequest | undefined, row: ThinkRequest): void {
    const refusal = db.db.thinkContext.request.find(row.id)?.refusal ?? '';
    const reason = db.db.thinkOutcome.request.find(row.id)?.reason ?? '';
    this.#add(stepsOf(before, row, { refusal, reason, nowMs: nowOf(db) }));
  }

  #add(steps: ThoughtStep[]): void {
    this.#steps.push(...steps);
    const excess = Math.max(0, this.#steps.length - MOST_STEPS);
    this.#steps.splice(0, excess);
    this.#first += excess;
  }
}

function wholenessOf({ db }: DbConnection): Wholeness {
  const [archive] = db.archive.iter();
  const events = new Map<bigint, number>();
  for (const { request, kind } of db.event.iter())
    if (request > 0n && kind !== 'no_answer') events.set(request, (events.get(request) ?? 0) + 1);
  let halves = 0;
  for (const { id, state } of db.thinkRequest.iter()) {
    // The event of an old thought may be in the archive already.
    const event = db.thinkOutcome.request.find(id)?.event ?? 0n;
    if (event > 0n && archive && event <= archive.last) continue;
    if ((state.tag === 'Done') !== events.has(id)) halves++;
  }
  return { doubled: [...events.values()].filter((count) => count > 1).length, halves };
}

function nowOf({ db }: DbConnection): number {
  return Number((db.clock.id.find(0)?.now.__timestamp_micros_since_unix_epoch__ ?? 0n) / 1_000n);
}
