import type { DbConnection, WorldEvent } from '../client/bindings/index.ts';
import { connect, type ConnectOptions, type Link } from '../client/connect.ts';
import type { Archive, ArchivedEvent } from './archive.ts';
import { digest } from './digest.ts';

export interface ArchivistOptions extends Pick<ConnectOptions, 'url' | 'database' | 'tokens'> {
  archive: Archive;
  log: (line: string) => void;
  /** The archive and the world disagree: the archivist has stopped. */
  onFault: (error: Error) => void;
}

const QUERIES = ['event', 'archive', 'world', 'place', 'agent_profile'].map((table) => `SELECT * FROM ${table}`);
/** As many as the world deletes in one call. */
const BATCH = 500;
const LOOK_MS = 250;
/** After a refusal: the world may have moved on meanwhile, and asking at once would flood it. */
const REST_MS = 2_000;

/**
 * Moves events that are older than the world's window into an archive: stores them, then says so, and only then the
 * world deletes them. Whatever the moment it is killed at, what it had not stored is still in the world, and what it had
 * stored is stored again as the same.
 */
export function startArchivist(options: ArchivistOptions): Link {
  const { archive, log } = options;
  let acknowledging = 0n;
  let restUntil = 0;

  const link = connect({
    ...options,
    queries: QUERIES,
    wire(db) {
      acknowledging = 0n;
      db.db.agentProfile.onInsert((_context, { id, name }) => archive.name('agent', id, name));
      db.db.place.onInsert((_context, { id, name }) => archive.name('place', id, name));
      db.reducers.onAcknowledge(({ event }, last, count) => {
        if (!event.callerIdentity.isEqual(db.identity!)) return;
        acknowledging = 0n;
        if (event.status.tag === 'Failed') {
          restUntil = Date.now() + REST_MS;
          log(`the world refused events up to ${last}: ${event.status.value}`);
        } else log(`${count} events up to ${last} are in the archive and gone from the world`);
      });
    },
    onLive(db) {
      log(`live as ${db.identity?.toHexString()}`);
    },
    onStatus(status) {
      if (status.state === 'lost') log(`connection lost (${status.reason}); again in ${status.retryMs} ms`);
    },
  });

  const look = setInterval(() => {
    const { db } = link;
    if (!db || acknowledging > 0n || Date.now() < restUntil) return;
    try {
      takeOver(db);
    } catch (error) {
      clearInterval(look);
      link.close();
      options.onFault(error as Error);
    }
  }, LOOK_MS);

  function takeOver(db: DbConnection): void {
    const world = db.db.world.id.find(0);
    if (!world) return;
    archive.belongTo(String(world.foundedAt.__timestamp_micros_since_unix_epoch__));
    const old = eventsBeyondWindow(db).slice(0, BATCH);
    const last = old.at(-1)?.id;
    if (last === undefined) return;
    archive.store(old);
    acknowledging = last;
    db.reducers.acknowledge(last, old.length, digest(old));
  }

  return {
    get db() {
      return link.db;
    },
    firstLive: link.firstLive,
    close() {
      clearInterval(look);
      link.close();
    },
  };
}

/** By the world's own time, because the world refuses what is younger by it. Oldest first. */
function eventsBeyondWindow(db: DbConnection): ArchivedEvent[] {
  const clock = db.db.clock.id.find(0);
  const state = db.db.archive.id.find(0);
  if (!clock || !state) return [];
  const before = clock.now.__timestamp_micros_since_unix_epoch__ - BigInt(state.windowMs) * 1_000n;
  return [...db.db.event.iter()]
    .map(plain)
    .filter(({ at, id }) => at < before && id > state.last)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function plain({ id, tick, at, place, agent, hearer, request, text }: WorldEvent): ArchivedEvent {
  return { id, tick, at: at.__timestamp_micros_since_unix_epoch__, place, agent, hearer, request, text };
}
