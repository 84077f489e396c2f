import type { DbConnection, WorldEvent } from '../../spike/client/bindings/index.ts';

/** What a connection held when it was lost, to compare the world with that comes back. */
export interface Tally {
  /** Acts that the host told this page of. */
  acts: number;
  /** Of them, those that a crash undid. */
  lost: number;
  /** Whether the world holds as much of each good as when the page came. */
  conserved: boolean;
}

const keyOf = ({ id, at }: WorldEvent) => `${id} ${at.__timestamp_micros_since_unix_epoch__}`;

/** Counts acts and goods across reconnects, from what the host tells every client. */
export class TallyBook {
  #acts = 0;
  #lost = 0;
  #seen = new Map<string, bigint>();
  #sums = '';
  #conserved = true;

  /** A connection is complete: whatever was seen before and is gone now was lost, unless it was archived. */
  open({ db }: DbConnection): void {
    const archived = [...db.archive.iter()][0]?.last ?? 0n;
    const now = new Map([...db.event.iter()].map((event) => [keyOf(event), event.id] as const));
    for (const [key, id] of this.#seen) if (!now.has(key) && id > archived) this.#lost++;
    this.#seen = now;
  }

  see(event: WorldEvent): void {
    this.#acts++;
    this.#seen.set(keyOf(event), event.id);
  }

  forget(event: WorldEvent): void {
    this.#seen.delete(keyOf(event));
  }

  read(connection: DbConnection | undefined): Tally {
    const sums = connection && sumsOf(connection);
    if (sums) {
      this.#sums ||= sums;
      this.#conserved = sums === this.#sums;
    }
    return { acts: this.#acts, lost: this.#lost, conserved: this.#conserved };
  }
}

function sumsOf({ db }: DbConnection): string {
  const sums = new Map<number, number>();
  for (const { good, quantity } of db.holding.iter()) sums.set(good, (sums.get(good) ?? 0) + quantity);
  return JSON.stringify([...sums].sort(([a], [b]) => a - b));
}
