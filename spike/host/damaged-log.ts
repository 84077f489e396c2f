import { readNewest, type Segment } from './commit-log.ts';

/** Where to look for the commit after a damaged one. Commits are small; the one that holds a module has a megabyte. */
const WITHIN = 16 * 2 ** 20;

/** Where a log is damaged in a way that the pinned host does not notice. */
export interface DamagedEntry {
  file: string;
  /** Byte at which the entry begins. */
  at: number;
}

/**
 * Looks for an entry of a log whose stated length reaches past the end of the file, although entries follow it. The pinned
 * host takes such an entry for the end of the log: it opens the world as it was before, and what happens from then on is
 * lost again at the next start. Only the newest segment can be read this way; in an older one the host notices.
 *
 * An entry that a crash cut off looks the same, but has nothing behind it: it is not damaged.
 */
export function damagedEntries(data: string): DamagedEntry[] {
  return readNewest(data, damageIn);
}

/** @throws Error when the host would open an older world than the log holds, and say so to nobody */
export function requireNoticedDamage(data: string): void {
  const [damage] = damagedEntries(data);
  if (!damage) return;
  throw new Error(
    `${damage.file} is damaged: its entry at byte ${damage.at} states a length beyond the end of the file, although entries ` +
      'follow it. The host would open the world as it was before that entry, and lose what happens next as well: ' +
      'put a copy of the folder in its place (guide "Host it yourself", backups).',
  );
}

function damageIn(segment: Segment): DamagedEntry | undefined {
  const { at, next } = segment.end();
  const last = segment.headerAt(at);
  if (!last || last.first !== next || at + last.bytes <= segment.size) return undefined;
  return isFollowed(segment, at, next + 1) ? { file: segment.path, at } : undefined;
}

/** Whether a commit with that number begins behind `at`, and is whole, and the next one follows or the file ends there. */
function isFollowed(segment: Segment, at: number, number: number): boolean {
  const wanted = Buffer.alloc(8);
  wanted.writeBigUInt64LE(BigInt(number));
  const bytes = segment.read(at, WITHIN);
  for (let found = bytes.indexOf(wanted, 1); found >= 0; found = bytes.indexOf(wanted, found + 1)) {
    const commit = segment.headerAt(at + found);
    if (!commit || commit.transactions !== 1) continue;
    const end = commit.at + commit.bytes;
    if (end === segment.size || segment.headerAt(end)?.first === number + 1) return true;
  }
  return false;
}
