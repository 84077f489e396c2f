import type { DbConnection, ReducerEventContext } from '../client/bindings/index.ts';
import { backOff } from '../client/back-off.ts';
import { connect, type ConnectOptions, type Link, type Status } from '../client/connect.ts';
import type { Archive } from './archive.ts';
import { namesIn, oldestBatch } from './batch.ts';
import { digest } from './digest.ts';
import { isLasting, reasonOf } from './trouble.ts';

export interface ArchivistOptions extends Pick<ConnectOptions, 'url' | 'database' | 'tokens'> {
  archive: Archive;
  log: (line: string) => void;
  /** The archive contradicts the world. The archivist has stopped, and nothing was deleted. */
  onFault: (error: Error) => void;
}

const TABLES = ['event', 'archive', 'world', 'region', 'place', 'agent_profile', 'passport'];
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
  /** The number of the region behind the connection. */
  #region = 0;
  #lastRejection = '';
  #restsUntil = 0;
  /** Attempts to use the archive that failed since the last one that succeeded. */
  #failures = 0;
  #lastFailure = '';

  constructor(options: ArchivistOptions) {
    this.#options = options;
    this.link = connect({
      ...options,
      queries: TABLES.map((table) => `SELECT * FROM ${table}`),
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
    if (!db || this.#acknowledging || performance.now() < this.#restsUntil) return;
    try {
      if (this.#failures > 0) this.#reopen();
      this.#takeOver(db);
      this.#onSuccess();
    } catch (error) {
      this.#acknowledging = false;
      this.#onFailure(error as Error);
    }
  }

  /** The file may be another one than before, because somebody repaired or moved it. */
  #reopen(): void {
    this.#isOwnWorld = false;
    this.#options.archive.reopen();
  }

  /** Until the archive can be used again, the world keeps its events. */
  #onFailure(error: Error): void {
    if (isLasting(error)) {
      this.stop();
      return this.#options.onFault(error);
    }
    this.#restsUntil = performance.now() + backOff(++this.#failures);
    const reason = reasonOf(error);
    if (reason !== this.#lastFailure)
      this.#options.log(`cannot archive now (${reason}); the world keeps its events until I can`);
    this.#lastFailure = reason;
  }

  #onSuccess(): void {
    if (this.#failures > 0) this.#options.log('archiving again');
    this.#failures = 0;
    this.#lastFailure = '';
  }

  #takeOver(db: DbConnection): void {
    this.#isOwnWorld ||= this.#recognise(db);
    if (!this.#isOwnWorld) return;
    const batch = oldestBatch(db);
    const last = batch.at(-1)?.id;
    if (last === undefined) return;
    this.#options.archive.store(batch, namesIn(db, batch), this.#region);
    this.#acknowledging = true;
    db.reducers.acknowledge(last, batch.length, digest(batch));
  }

  /**
   * Ties the archive to the world behind this connection.
   * @returns false while the rows that describe the world are missing
   * @throws Contradiction when the archive belongs to another world
   */
  #recognise(db: DbConnection): boolean {
    const { archive, database, log } = this.#options;
    const world = db.db.world.id.find(0);
    const state = db.db.archive.id.find(0);
    const region = db.db.region.id.find(0);
    if (!world || !state || !region) return false;
    archive.belongTo({ database, region, foundedAt: world.foundedAt.__timestamp_micros_since_unix_epoch__ });
    this.#region = region.number;
    const last = archive.last(region.number);
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
    this.#restsUntil = performance.now() + REST_MS;
  }

  #logLoss(status: Status): void {
    if (status.state === 'lost')
      this.#options.log(`connection lost (${status.reason}); retrying in ${status.retryMs} ms`);
  }
}
