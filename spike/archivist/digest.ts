import { createHash } from 'node:crypto';
import { COLUMNS, type ArchivedEvent } from './archived-event.ts';

/**
 * SHA-256 in hex over one line per event: its columns in order, separated by tabs, which no text can hold. The world
 * counts the same way (`spike/world/src/archive.rs`) and deletes nothing whose digest differs.
 */
export function digest(events: readonly ArchivedEvent[]): string {
  const hash = createHash('sha256');
  for (const event of events) hash.update(`${fieldsOf(event).join('\t')}\n`);
  return hash.digest('hex');
}

function fieldsOf(event: ArchivedEvent): unknown[] {
  if (event.version > 0) return COLUMNS.map((column) => event[column]);
  const { id, tick, at, place, subject, object, request, words } = event;
  return [id, tick, at, place, subject, object, request, words];
}
