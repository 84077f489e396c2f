import { existsSync, readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { Segment } from '../host/commit-log.ts';

const SEGMENT = '.stdb.log';
/** Magic number, version and checksum algorithm of a segment, before its first entry. */
const FIRST_ENTRY_AT = 10;

/** What was cut off a log. */
export interface CutOff {
  file: string;
  /** Where its last whole entry ends, in bytes. */
  at: number;
  bytes: number;
}

/**
 * Cuts off the beginning of an entry that a crash tore within its header, at the end of each database's newest segment.
 * The pinned host takes a header of which less than all 22 bytes are there for the clean end of the log, writes on behind
 * those bytes, and at its next start can read nothing of what it wrote. Nothing is lost by the cut: without its header
 * no reader knows what the entry was.
 * @see https://github.com/clockworklabs/SpacetimeDB/blob/v1.2.0/crates/commitlog/src/commit.rs
 */
export function cutTornHeaders(data: string): CutOff[] {
  const replicas = join(data, 'replicas');
  if (!existsSync(replicas)) return [];
  return readdirSync(replicas)
    .map((replica) => join(replicas, replica, 'clog'))
    .filter((log) => existsSync(log))
    .flatMap((log) => {
      const newest = readdirSync(log)
        .filter((name) => name.endsWith(SEGMENT))
        .sort()
        .at(-1);
      return newest ? cutTornHeader(join(log, newest)) : [];
    });
}

function cutTornHeader(file: string): CutOff[] {
  const segment = new Segment(file);
  let at = FIRST_ENTRY_AT;
  try {
    for (const entry of segment.commits()) at = entry.at + entry.bytes;
    // A whole header says how long its entry is, and the host notices when the file ends before.
    if (at >= segment.size || segment.headerAt(at)) return [];
  } finally {
    segment.close();
  }
  truncateSync(file, at);
  return [{ file, at, bytes: segment.size - at }];
}
