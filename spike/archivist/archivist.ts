import type { DbConnection, WorldEvent } from '../client/bindings/index.ts';
import { connect, type ConnectOptions, type Link } from '../client/connect.ts';
import type { Archive, ArchivedEvent, Names } from './archive.ts';
import { digest } from './digest.ts';

export interface ArchivistOptions extends Pick<ConnectOptions, 'url' | 'database' | 'tokens'> {
  archive: Archive;
  log: (line: string) => void;
  /** The archive cannot take what the world has: the archivist has stopped, and nothing was deleted. */
  onFault: (error: Error) => void;
}

export interface Archivist {
  readonly link: Link;
  /** Takes nothing more and disconnects. The archive stays open. */
  stop(): void;
}

const QUERIES = ['event', 'archive', 'world', 'place', 'agent_profile'].map((table) => `SELECT * FROM ${table}`);
/** As many as the world deletes in one call. */
const BATCH = 250;
/** Events grow old without any row changing. */
const LOOK_MS = 100;
/** After a refusal: the world may have moved on meanwhile, and to ask at once would flood it. */
const REST_MS = 2_000;

/**
 * Moves events that are older than the world's window into an archive: stores them, then says so, and only then the
 * world deletes them. Whatever the moment it is killed at, what it had not stored is still in the world, and what it had
 * stored is there again as the same.
 */
export function startArchivist(options: ArchivistOptions): Archivist {
  const { archive, database, log } = options;
  let acknowledging = false;
  /** Whether this connection leads to the world that the archive belongs to: a host may come back with another one. */
  let known = false;
  let refusal = '';
  let rests = 0;

  const link = connect({
    ...options,
    queries: QUERIES,
    wire(db) {
      acknowledging = known = false;
      db.reducers.onAcknowledge(({ event }, last, count) => {
        if (!event.callerIdentity.isEqual(db.identity!)) return;
        acknowledging = false;
        if (event.status.tag === 'Committed') {
          log(`${count} events up to ${last} are in the archive and gone from the world`);
          refusal = '';
          return look();
        }
        const reason = event.status.tag === 'Failed' ? event.status.value : event.status.tag;
        if (reason !== refusal) log(`the world refused to let go of events up to ${last}: ${reason}`);
        refusal = reason;
        rests = Date.now() + REST_MS;
      });
    },
    onLive(db) {
      log(`live as ${db.identity?.toHexString()}`);
    },
    onStatus(status) {
      if (status.state === 'lost') log(`connection lost (${status.reason}); again in ${status.retryMs} ms`);
    },
  });
  const timer = setInterval(look, LOOK_MS);

  function look(): void {
    if (!link.db || acknowledging || Date.now() < rests) return;
    try {
      takeOver(link.db);
    } catch (error) {
      stop();
      options.onFault(error as Error);
    }
  }

  function takeOver(db: DbConnection): void {
    known ||= recognise(db);
    if (!known) return;
    const batch = oldestBatch(db);
    const last = batch.at(-1)?.id;
    if (last === undefined) return;
    archive.store(batch, namesIn(db, batch));
    acknowledging = true;
    db.reducers.acknowledge(last, batch.length, digest(batch));
  }

  function recognise(db: DbConnection): boolean {
    const [world, state] = [db.db.world.id.find(0), db.db.archive.id.find(0)];
    if (!world || !state) return false;
    archive.belongTo({ database, foundedAt: world.foundedAt.__timestamp_micros_since_unix_epoch__ });
    const last = archive.last();
    if (last < state.last)
      log(`this archive lacks the events ${last + 1n} to ${state.last}: the world let go of them to another one`);
    return true;
  }

  function stop(): void {
    clearInterval(timer);
    link.close();
  }

  return { link, stop };
}

/**
 * The oldest events, in the order of their ids, up to the first one that is within the window. Both are the world's own
 * time, because the world counts by it.
 */
function oldestBatch(db: DbConnection): ArchivedEvent[] {
  const [clock, state] = [db.db.clock.id.find(0), db.db.archive.id.find(0)];
  if (!clock || !state) return [];
  const keptFrom = clock.now.__timestamp_micros_since_unix_epoch__ - BigInt(state.windowMs) * 1_000n;
  const old: WorldEvent[] = [];
  let firstYoung: bigint | undefined;
  for (const event of db.db.event.iter()) {
    if (event.at.__timestamp_micros_since_unix_epoch__ <= keptFrom) old.push(event);
    else if (firstYoung === undefined || event.id < firstYoung) firstYoung = event.id;
  }
  return old
    .filter(({ id }) => firstYoung === undefined || id < firstYoung)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .slice(0, BATCH)
    .map(({ at, ...event }) => ({ ...event, at: at.__timestamp_micros_since_unix_epoch__ }));
}

function namesIn(db: DbConnection, events: ArchivedEvent[]): Names {
  const agents = new Map<number, string>();
  const places = new Map<number, string>();
  for (const { agent, hearer, place } of events) {
    for (const id of [agent, hearer]) {
      const name = db.db.agentProfile.id.find(id)?.name;
      if (name !== undefined) agents.set(id, name);
    }
    const name = db.db.place.id.find(place)?.name;
    if (name !== undefined) places.set(place, name);
  }
  return { agents, places };
}
