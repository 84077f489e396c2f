import type { DbConnection, WorldEvent } from '../client/bindings/index.ts';
import { ACKNOWLEDGE_BATCH } from '../client/world-constants.ts';
import type { Names } from './archive.ts';
import { archivedEvent, type ArchivedEvent } from './archived-event.ts';

/**
 * The oldest events in the order of their ids, up to the first one within the world's window. Age is counted in the
 * world's own time, because the world counts by it too.
 */
export function oldestBatch(db: DbConnection): ArchivedEvent[] {
  const clock = db.db.clock.id.find(0);
  const state = db.db.archive.id.find(0);
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
    .slice(0, ACKNOWLEDGE_BATCH)
    .map(archivedEvent);
}

/**
 * The names of the agents and places in a batch, as the world knows them now. Of a visitor who has left, it knows only how
 * they left.
 */
export function namesIn(db: DbConnection, events: ArchivedEvent[]): Names {
  const agents = new Map<number, string>();
  const places = new Map<number, string>();
  for (const { subject, object, place } of events) {
    for (const id of [subject, object]) {
      const name = db.db.agentProfile.id.find(id)?.name ?? db.db.passport.agent.find(id)?.farewell?.name;
      if (name !== undefined) agents.set(id, name);
    }
    const name = db.db.place.id.find(place)?.name;
    if (name !== undefined) places.set(place, name);
  }
  return { agents, places };
}
