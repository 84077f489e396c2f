import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { privateFolder, tighten, tightenAll } from '../private.ts';

/** What lies directly in a world's folder: `world.json`, `archive.sqlite-wal`, `host.log`, and copies of such. */
const FILES = '*.{json,sqlite,log}*';

/**
 * Creates a world's folder for its user alone, or makes one private that an earlier version left readable. Touches
 * only what belongs to a world, because the user may have named a folder that holds other things.
 * @returns the paths that belong to another user and stay as they are
 */
export function makeWorldPrivate(folder: string): string[] {
  privateFolder(folder);
  const folders = ['data', 'keys'].map((name) => join(folder, name));
  return [
    ...folders.filter((each) => existsSync(each)).flatMap(tightenAll),
    ...globSync(FILES, { cwd: folder })
      .map((name) => join(folder, name))
      .filter((file) => !tighten(file)),
  ];
}
