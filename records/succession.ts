import type { DecisionRecord } from './record.ts';

/** Whether a decision takes the place of another one now, would do so once it is accepted, or never did. */
export type Succession = 'in force' | 'proposed' | 'rejected';

/** A record that takes the place of another one, seen from that other one, or the other way round. */
export interface Relation {
  record: DecisionRecord;
  succession: Succession;
}

/** The records that take the place of this one. It counts if either of the two says so. */
export function successorsOf(record: DecisionRecord, records: readonly DecisionRecord[]): Relation[] {
  return records
    .filter((other) => replaces(other, record))
    .map((other) => ({ record: other, succession: successionBy(other) }));
}

/** The records whose place this one takes. */
export function predecessorsOf(record: DecisionRecord, records: readonly DecisionRecord[]): Relation[] {
  return records
    .filter((other) => replaces(record, other))
    .map((other) => ({ record: other, succession: successionBy(record) }));
}

function replaces(newer: DecisionRecord, older: DecisionRecord): boolean {
  if (!newer.number || !older.number || newer === older) return false;
  return (
    (newer.head?.supersedes?.includes(older.number) ?? false) ||
    (older.head?.supersededBy?.includes(newer.number) ?? false)
  );
}

/** A decision that was in force and has ended since has still taken the place of an older one. */
function successionBy({ head }: DecisionRecord): Succession {
  if (head?.status === 'proposed') return 'proposed';
  return head?.status === 'rejected' ? 'rejected' : 'in force';
}
