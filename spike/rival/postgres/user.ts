import { execFileSync } from 'node:child_process';

/** Who runs a program, as `spawn` takes it. */
export interface User {
  uid?: number;
  gid?: number;
}

/** Who runs PostgreSQL, which refuses root: the user of this process, or `nobody` where that is root. */
export function ordinaryUser(): User {
  if (process.getuid?.() !== 0) return {};
  const idOf = (option: string) => Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}
