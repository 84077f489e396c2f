import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Segment, type Commit } from '../../spike/host/commit-log.ts';

const SEGMENT = '.stdb.log';
/** The folder of the only database's log. @throws Error when the world has no database, or several */
export function logFolder(world: string): string {
  const replicas = join(world, 'data', 'replicas');
  const [replica, another] = readdirSync(replicas);
  if (!replica || another) throw new Error(`${replicas} holds ${replica ? 'several databases' : 'none'}: expected one`);
  return join(replicas, replica, 'clog');
}

/** The segments of the log, the oldest first. */
export function segmentsOf(world: string): string[] {
  const folder = logFolder(world);
  const names = readdirSync(folder).filter((name) => name.endsWith(SEGMENT));
  return names.sort().map((name) => join(folder, name));
}

/** The newest segment, which the host appends to. */
export function newestSegment(world: string): string {
  const newest = segmentsOf(world).at(-1);
  if (!newest) throw new Error(`${logFolder(world)} has no segment: the host has written nothing yet`);
  return newest;
}

/** The whole commits at the beginning of a segment. */
export function commitsOf(path: string): Commit[] {
  const segment = new Segment(path);
  try {
    return [...segment.commits()];
  } finally {
    segment.close();
  }
}
