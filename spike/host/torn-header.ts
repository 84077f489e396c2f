import { truncateSync } from 'node:fs';
import { readNewest, type Segment } from './commit-log.ts';

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
  const torn = readNewest(data, tornHeaderIn);
  for (const { file, at } of torn) truncateSync(file, at);
  return torn;
}

function tornHeaderIn(segment: Segment): CutOff | undefined {
  const { at } = segment.end();
  // A whole header says how long its entry is, and the host notices when the file ends before.
  if (at >= segment.size || segment.headerAt(at)) return undefined;
  return { file: segment.path, at, bytes: segment.size - at };
}
