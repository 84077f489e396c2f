import { connect, type Link } from '../../spike/client/connect.ts';
import { memoryTokens } from '../../spike/client/token-store.ts';
import { NOBODY } from '../../spike/client/world-constants.ts';
import type { Account } from '../../spike/host/api.ts';
import type { Lab } from '../harness/lab.ts';

const ENDS = ['Done', 'Dead', 'Expired'] as const;
type End = (typeof ENDS)[number] | 'Replaced';

interface Watched {
  isQuestion: boolean;
  /** In order; a request that ended once has one. */
  ends: End[];
  /** Ids of the events in the world that name the request. A reconnected client sees them again. */
  acts: Set<bigint>;
}

/** What becomes of every request, seen as a thinker sees it: the world forgets a request some time after its end. */
export class RequestWatch {
  readonly #requests = new Map<bigint, Watched>();
  readonly #link: Link;

  private constructor(link: Link) {
    this.#link = link;
  }

  /** @param account with the role Thinker */
  static async start(lab: Lab, account: Account): Promise<RequestWatch> {
    const link = connect({
      url: lab.host.url,
      database: lab.database,
      tokens: memoryTokens(account.token),
      queries: ['SELECT * FROM think_request', 'SELECT * FROM event'],
      wire: ({ db }) => {
        db.thinkRequest.onInsert((_, { id, asker, state }) => {
          const request = watch.#of(id);
          request.isQuestion = asker !== NOBODY;
          // It ended while the connection was lost.
          if (endOf(state.tag) && request.ends.length === 0) request.ends.push(state.tag as End);
        });
        db.thinkRequest.onUpdate((_, before, row) => {
          if (endOf(before.state.tag) || !endOf(row.state.tag)) return;
          watch.#of(row.id).ends.push(row.state.tag as End);
        });
        db.thinkRequest.onDelete((_, { id, state }) => {
          // A question replaces a reflection that waits, and that ends it.
          if (!endOf(state.tag)) watch.#of(id).ends.push('Replaced');
        });
        db.event.onInsert((_, { id, request }) => {
          if (request > 0n) watch.#of(request).acts.add(id);
        });
      },
    });
    const watch = new RequestWatch(link);
    await link.firstLive;
    return watch;
  }

  get #all(): Watched[] {
    return [...this.#requests.values()];
  }

  /** Requests that ended or acted more than once. */
  get doubled(): number {
    return this.#all.filter(({ ends, acts }) => ends.length > 1 || acts.size > 1).length;
  }

  /** Requests that are done and never acted. */
  get silent(): number {
    return this.#all.filter(({ ends, acts }) => ends.includes('Done') && acts.size === 0).length;
  }

  get open(): number {
    return this.#all.filter(({ ends }) => ends.length === 0).length;
  }

  get ended(): number {
    return this.#all.length - this.open;
  }

  /** How requests ended, as a tally. */
  ends(isQuestion: boolean): Record<string, number> {
    const own = this.#all.filter((request) => request.isQuestion === isQuestion);
    const how = (end: End) => own.filter(({ ends }) => ends[0] === end).length;
    return {
      'an answer was applied': how('Done'),
      'given up after three attempts': how('Dead'),
      'deadline passed': how('Expired'),
      'replaced by a question': how('Replaced'),
      open: own.filter(({ ends }) => ends.length === 0).length,
    };
  }

  close(): void {
    this.#link.close();
  }

  #of(id: bigint): Watched {
    const known = this.#requests.get(id) ?? { isQuestion: false, ends: [], acts: new Set<bigint>() };
    this.#requests.set(id, known);
    return known;
  }
}

function endOf(state: string): boolean {
  return (ENDS as readonly string[]).includes(state);
}
