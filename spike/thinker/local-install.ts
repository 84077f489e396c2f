import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from '../lock.ts';

type Say = (line: string) => void;

export interface Installation {
  /** The parent exists. The folder itself appears only when it is complete. */
  folder: string;
  /** E.g. `node-llama-cpp 3.21.1`. */
  what: string;
  /** About how many megabytes (10^6 bytes) it takes on disk. */
  megabytes: number;
  /** Fills an empty folder. */
  fill: (folder: string) => Promise<void>;
}

const PROGRESS_MS = 2_000;

/**
 * Fills a folder of the cache once. Two processes take turns; one that was interrupted leaves only a folder under
 * another name, which the next one deletes.
 * @returns the folder
 */
export async function installOnce({ folder, what, megabytes, fill }: Installation, say: Say): Promise<string> {
  if (existsSync(folder)) return folder;
  const waiting = () => say(`another process is installing ${what}; waiting for it`);
  await withLock(`${folder}.lock`, waiting, async () => {
    if (existsSync(folder)) return;
    const unfinished = `${folder}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true });
    say(`installing ${what}, once for this machine (about ${megabytes} MB)`);
    const end = showProgress(unfinished, megabytes, say);
    try {
      await fill(unfinished);
    } finally {
      end();
    }
    await rename(unfinished, folder);
  });
  return folder;
}

/** Neither npm nor pip shows progress in a log, so the folder's size has to. */
function showProgress(folder: string, megabytes: number, say: Say): () => void {
  let shown = 0;
  const timer = setInterval(() => {
    void bytesIn(folder).then((bytes) => {
      const done = Math.round(bytes / 1e6);
      // While it is being unpacked, a download is there twice.
      if (done > shown && done <= megabytes) say(`  ${done} of about ${megabytes} MB`);
      shown = Math.max(shown, done);
    });
  }, PROGRESS_MS);
  return () => clearInterval(timer);
}

/** A file may vanish between listing and measuring it. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
