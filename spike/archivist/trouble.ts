/** The world and the archive contradict each other, or the file is not an archive. Only a person can decide what holds. */
export class Contradiction extends Error {}

/** @see https://sqlite.org/rescode.html */
const SQLITE = {
  busy: 5,
  locked: 6,
  noMemory: 7,
  interrupted: 9,
  io: 10,
  corrupt: 11,
  full: 13,
  protocol: 15,
  noArchive: 26,
};
const LASTING = [SQLITE.corrupt, SQLITE.noArchive];
const PASSING = [
  ...[SQLITE.busy, SQLITE.locked, SQLITE.noMemory, SQLITE.interrupted, SQLITE.io, SQLITE.full, SQLITE.protocol],
  ...['ENOSPC', 'EDQUOT', 'EIO', 'EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'EBUSY', 'ESTALE', 'ETIMEDOUT'],
];

/** Whether trying again is useless, however long one waits. */
export function isLasting(error: unknown): boolean {
  return causesOf(error).some((cause) => cause instanceof Contradiction || LASTING.includes(sqliteCodeOf(cause)));
}

/** Whether it passes by itself: another program has the file, or the disk or the memory is full. */
export function isPassing(error: unknown): boolean {
  if (isLasting(error)) return false;
  return causesOf(error).some((cause) => PASSING.includes(sqliteCodeOf(cause)) || PASSING.includes(cause.code ?? ''));
}

/** What went wrong first, the same from whichever attempt: `database is locked`. */
export function reasonOf(error: unknown): string {
  return causesOf(error).at(-1)?.message ?? String(error);
}

type Cause = NodeJS.ErrnoException & { errcode?: number };

function causesOf(error: unknown): Cause[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}

/** SQLite says more in the upper bits, such as which kind of input or output failed. */
function sqliteCodeOf({ errcode = 0 }: Cause): number {
  return errcode & 0xff;
}
