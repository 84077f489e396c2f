import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SEGMENT = '.stdb.log';

/**
 * Removes the empty newest segment of each database's log. When the disk is full the pinned host begins a segment that
 * it cannot write, and if it ends then, it does not open the database again ("failed to fill whole buffer"). An empty
 * file holds nothing that could be lost.
 * @see https://github.com/clockworklabs/SpacetimeDB/blob/v1.2.0/crates/commitlog/src/commitlog.rs
 * @returns the files that were removed
 */
export function removeEmptySegments(data: string): string[] {
  const replicas = join(data, 'replicas');
  if (!existsSync(replicas)) return [];
  return readdirSync(replicas)
    .map((replica) => join(replicas, replica, 'clog'))
    .filter((log) => existsSync(log))
    .flatMap((log) => newestIfEmpty(log) ?? [])
    .map((file) => (rmSync(file), file));
}

/** The first segment stays: an empty log is a new database. */
function newestIfEmpty(log: string): string | undefined {
  const segments = readdirSync(log)
    .filter((name) => name.endsWith(SEGMENT))
    .sort();
  const newest = segments.at(-1);
  if (segments.length < 2 || !newest) return undefined;
  const file = join(log, newest);
  return statSync(file).size === 0 ? file : undefined;
}
