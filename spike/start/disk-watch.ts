import type { Account, Api } from '../host/api.ts';
import { DiskWatcher, freeBytes } from './disk.ts';

export interface DiskWatchOptions {
  api: Api;
  database: string;
  owner: Account;
  /** Of the world. */
  folder: string;
  /** In bytes; 0 watches nothing. */
  keepFree: number;
  say: (line: string) => void;
}

/**
 * Pauses the clock of a world while its disk is nearly full. A clock that somebody else paused is left alone.
 * @returns what stops the watch
 */
export function watchDisk({ api, database, owner, folder, keepFree, say }: DiskWatchOptions): () => void {
  const isPaused = async () => (await api.sql(database, 'SELECT * FROM clock', owner))[0]?.['paused'] === true;
  const isOwnPause = async () => (await api.sql(database, 'SELECT * FROM pause_notice', owner)).length > 0;
  const watcher = new DiskWatcher(keepFree, () => freeBytes(folder), {
    async pause(reason) {
      if (!(await isPaused())) await api.call(database, 'pause_clock_for', [reason], owner);
    },
    async resume() {
      if (await isOwnPause()) await api.call(database, 'resume_clock', [], owner);
    },
    say,
  });
  if (keepFree > 0) void watcher.start();
  return () => watcher.close();
}
