import type { DbConnection, ReducerEventContext } from '../client/bindings/index.ts';
import { connect, type ConnectOptions, type Link, type Status } from '../client/connect.ts';
import type { Archive } from './archive.ts';
import { namesIn, oldestBatch } from './batch.ts';
import { digest } from './digest.ts';

export interface ArchivistOptions extends Pick<ConnectOptions, 'url' | 'database' | 'tokens'> {
  archive: Archive;
  log: (line: string) => void;
  /** The archive cannot take the world's events. The archivist has stopped, and nothing was deleted. */
  onFault: (error: Error) => void;
}

const QUERIES = ['event', 'archive', 'world', 'place', 'agent_profile'].map((table) => `SELECT * FROM ${table}`);
/** Events grow old without any row changing. */
const LOOK_MS = 100;
/** After a rejection. The world may change meanwhile, and an immediate retry would flood it. */
const REST_MS = 2_000;

/**
 * Moves events older than the world's window into an archive: it stores them, then acknowledges them, and only then the
 * world deletes them. It can be killed at any moment: an event that it had not stored is still in the world, and
 * storing the same event again changes nothing.
 */
export class Archivist {
  readonly link: Link;
  readonly #options: ArchivistOptions;
  readonly #timer: ReturnType<typeof setInterval>;
  /** An acknowledgement was sent and not answered yet. */
  #acknowledging = false;
  /** Whether this connection leads to the archive's world: after a reconnect it may be another one. */
  #isOwnWorld = false;
  #lastRejection = '';
  #restsUntil = 0;

  constructor(options: ArchivistOptions) {
    this.#options = options;
    this.link = connect({
      ...options,
      queries: QUERIES,
      wire: (db) => {
        this.#acknowledging = this.#isOwnWorld = false;
        db.reducers.onAcknowledge((context, last, count) => {
          if (context.event.callerIdentity.isEqual(db.identity!)) this.#onAnswer(context, last, count);
        });
      },
      onLive: (db) => options.log(`live as ${db.identity?.toHexString()}`),
      onStatus: (status) => this.#logLoss(status),
    });
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  /** Stops taking events and disconnects. The archive stays open. */
  stop(): void {
    clearInterval(this.#timer);
    this.link.close();
  }

  #look(): void {
    const { db } = this.link;
    if (!db || this.#acknowledging || Date.now() < this.#restsUntil) return;
    try {
      this.#takeOver(db);
    } catch (error) {
      this.stop();
      this.#options.onFault(error as Error);
    }
  }

  #takeOver(db: DbConnection): void {
    this.#isOwnWorld ||= this.#recognise(db);
    if (!this.#isOwnWorld) return;
    const batch = oldestBatch(db);
    const last = batch.at(-1)?.id;
    if (last === undefined) return;
    this.#options.archive.store(batch, namesIn(db, batch));
    this.#acknowledging = true;
    db.reducers.acknowledge(last, batch.length, digest(batch));
  }

  /**
   * Ties the archive to the world behind this connection.
   * @returns false while the rows that describe the world are missing
   * @throws Error when the archive belongs to another world
   */
  #recognise(db: DbConnection): boolean {
    const { archive, database, log } = this.#options;
    const world = db.db.world.id.find(0);
    const state = db.db.archive.id.find(0);
    if (!world || !state) return false;
    archive.belongTo({ database, foundedAt: world.foundedAt.__timestamp_micros_since_unix_epoch__ });
    const last = archive.last();
    if (last < state.last)
      log(`this archive lacks the events ${last + 1n} to ${state.last}: the world moved them to another archive`);
    return true;
  }

  #onAnswer({ event: { status } }: ReducerEventContext, last: bigint, count: number): void {
    const { log } = this.#options;
    this.#acknowledging = false;
    if (status.tag === 'Committed') {
      log(`moved ${count} events up to ${last} from the world to the archive`);
      this.#lastRejection = '';
      return this.#look();
    }
    const reason = status.tag === 'Failed' ? status.value : status.tag;
    if (reason !== this.#lastRejection)
      log(`the world rejected the acknowledgement of events up to ${last}: ${reason}`);
    this.#lastRejection = reason;
    this.#restsUntil = Date.now() + REST_MS;
  }

  #logLoss(status: Status): void {
    if (status.state === 'lost')
      this.#options.log(`connection lost (${status.reason}); retrying in ${status.retryMs} ms`);
  }
}
