import { archivedEvent, type ArchivedEvent } from '../../spike/archivist/archived-event.ts';
import { connect } from '../../spike/client/connect.ts';
import { memoryTokens } from '../../spike/client/token-store.ts';
import type { Lab } from '../harness/lab.ts';

export interface EventRecorder {
  /** Every event since the recorder connected, by id. */
  events(): ArchivedEvent[];
  close(): void;
}

/** Records every event on its own connection, including those whose rows the world has deleted since. */
export async function recordEvents(lab: Lab): Promise<EventRecorder> {
  const recorded: ArchivedEvent[] = [];
  const link = connect({
    url: lab.host.url,
    database: lab.database,
    tokens: memoryTokens(),
    queries: ['SELECT * FROM event'],
    wire: (db) => db.db.event.onInsert((_context, event) => recorded.push(archivedEvent(event))),
  });
  await link.firstLive;
  return { events: () => recorded.sort((a, b) => (a.id < b.id ? -1 : 1)), close: () => link.close() };
}
