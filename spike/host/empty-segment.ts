import { rmSync, statSync } from 'node:fs';
import { segmentsIn } from './commit-log.ts';

/**
 * Removes the empty newest segment of each database's log. When the disk is full the pinned host begins a segment that
 * it cannot write, and if it ends then, it does not open the database again ("failed to fill whole buffer"). An empty
 * file holds nothing that could be lost.
 * @see https://github.com/clockworklabs/SpacetimeDB/blob/v1.2.0/crates/commitlog/src/commitlog.rs
 * @returns the files that were removed
 */
export function removeEmptySegments(data: string): string[] {
  return segmentsIn(data)
    .flatMap((segments) => newestIfEmpty(segments) ?? [])
    .map((file) => (rmSync(file), file));
}

/** The first segment stays: an empty log is a new database. */
function newestIfEmpty(segments: string[]): string | undefined {
  const newest = segments.at(-1);
  if (segments.length < 2 || !newest) return undefined;
  return statSync(newest).size === 0 ? newest : undefined;
}
