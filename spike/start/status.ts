import type { DbConnection } from '../client/bindings/index.ts';
import { quantile } from '../client/quantile.ts';
import { AWAY } from '../client/world-constants.ts';

const MINUTE_US = 60_000_000n;
const MINUTE_MS = 60_000;

/** The subscriptions of the status line. */
export const STATUS_QUERIES = ['SELECT * FROM tick_log', 'SELECT * FROM think_summary', 'SELECT * FROM agent'];

/** Renders the status line. It remembers a minute of finished thoughts to compute their rate. */
export class StatusLine {
  readonly #thoughts: { at: number; done: number }[] = [];
  readonly #mind: string;

  /** @param mind the short name, as in `--mind` */
  constructor(mind: string) {
    this.#mind = mind;
  }

  render(db: DbConnection, now = performance.now()): string {
    const clock = db.db.clock.id.find(0);
    const queue = db.db.thinkSummary.id.find(0);
    if (!clock || !queue) return 'waiting for the first tick';
    const since = clock.now.__timestamp_micros_since_unix_epoch__ - MINUTE_US;
    const lateness = [...db.db.tickLog.iter()]
      .filter((row) => row.started.__timestamp_micros_since_unix_epoch__ > since)
      .map((row) => Number(row.latenessUs) / 1_000)
      .sort((a, b) => a - b);
    const late = [0.5, 0.99].map((q) => quantile(lateness, q).toFixed(1));
    return [
      `tick ${clock.tick.toLocaleString('en')}${clock.paused ? ' (paused)' : ''}`,
      `late p50 ${late[0]} p99 ${late[1]} ms`,
      `agents ${livingIn(db)}`,
      `open ${queue.pending + queue.leased}`,
      `thoughts/min ${this.#perMinute(Number(queue.done), now)} (${this.#mind})`,
    ].join('  ');
  }

  #perMinute(done: number, now: number): number {
    this.#thoughts.push({ at: now, done });
    while (this.#thoughts[0] && this.#thoughts[0].at < now - MINUTE_MS) this.#thoughts.shift();
    const [first] = this.#thoughts;
    const spanMs = first ? now - first.at : 0;
    return first && spanMs > 0 ? Math.round(((done - first.done) * MINUTE_MS) / spanMs) : 0;
  }
}

/** Who left for another region keeps a row in the region where they belong. */
function livingIn({ db }: DbConnection): number {
  let living = 0;
  for (const { place } of db.agent.iter()) if (place !== AWAY) living++;
  return living;
}
