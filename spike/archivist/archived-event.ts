import type { WorldEvent } from '../client/bindings/index.ts';
import type { EventFacts } from '../client/sentence.ts';

/** An event as the world had it. In the form before there were versions, `version` is 0 and `words` holds its text. */
export interface ArchivedEvent extends EventFacts {
  id: bigint;
  tick: bigint;
  /** Microseconds since 1970. */
  at: bigint;
  place: number;
  request: bigint;
}

/** The columns in the order in which the world counts them. */
export const COLUMNS = [
  'id',
  'version',
  'tick',
  'at',
  'place',
  'kind',
  'subject',
  'object',
  'quantity',
  'gold',
  'words',
  'request',
] as const satisfies (keyof ArchivedEvent)[];

export function archivedEvent({ at, ...event }: WorldEvent): ArchivedEvent {
  return { ...event, at: at.__timestamp_micros_since_unix_epoch__ };
}

/** The same from a row of SQL, whose numbers may be of either kind and whose `at` may be the host's one-field product. */
export function archivedEventOfRow(row: Record<string, unknown>): ArchivedEvent {
  const { at } = row;
  const big = (value: unknown) => BigInt(value as bigint | number);
  return {
    id: big(row['id']),
    version: Number(row['version']),
    tick: big(row['tick']),
    at: big(Array.isArray(at) ? at[0] : at),
    place: Number(row['place']),
    kind: String(row['kind']),
    subject: Number(row['subject']),
    object: Number(row['object']),
    quantity: Number(row['quantity']),
    gold: Number(row['gold']),
    words: String(row['words']),
    request: big(row['request']),
  };
}
