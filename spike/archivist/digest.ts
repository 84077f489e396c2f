import { createHash } from 'node:crypto';
import type { ArchivedEvent } from './archive.ts';

/**
 * SHA-256 in hex over one line an event, its fields separated by tabs, which no text can hold. The world counts the same
 * way (`spike/world/src/archive.rs`) and deletes nothing whose digest differs.
 */
export function digest(events: readonly ArchivedEvent[]): string {
  const hash = createHash('sha256');
  for (const { id, tick, at, place, agent, hearer, request, text } of events)
    hash.update(`${id}\t${tick}\t${at}\t${place}\t${agent}\t${hearer}\t${request}\t${text}\n`);
  return hash.digest('hex');
}
