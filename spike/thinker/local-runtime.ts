import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../cache.ts';
import { run } from '../command.ts';
import { installOnce } from './local-install.ts';
import { localLock } from './local-lock.ts';

/** On disk, in megabytes. */
const MEGABYTES = 83;
/** Errors only; and no install scripts, because one of them would build the runtime from source. */
const NPM_CI = ['ci', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** Whether `findRuntime` would install nothing. */
export function hasRuntime(): boolean {
  return existsSync(folderOf(localLock()));
}

/**
 * The folder with node-llama-cpp in its `node_modules`: from the cache, or installed by npm now. The project does not
 * depend on it, because nobody should download it who does not use it.
 * @throws Error with npm's reason
 */
export async function findRuntime(say: (line: string) => void): Promise<string> {
  const listed = localLock();
  return installOnce(
    {
      folder: folderOf(listed),
      what: `node-llama-cpp ${listed.version}`,
      megabytes: MEGABYTES,
      async fill(folder) {
        await writeFile(join(folder, 'package.json'), listed.manifest);
        await writeFile(join(folder, 'package-lock.json'), listed.lock);
        // `npm start` hands its own folder down in the environment; --prefix outweighs it.
        await run('npm', [...NPM_CI, '--prefix', folder], { cwd: folder });
      },
    },
    say,
  );
}

/** Another lock file is another folder, so checkouts of different ages share a cache. */
function folderOf({ lock, version }: { lock: string; version: string }): string {
  const hash = createHash('sha256').update(lock).digest('hex').slice(0, 8);
  return join(cacheFolder('local-mind'), `runtime-${version}-${hash}`);
}
