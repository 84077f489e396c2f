import { chmodSync, closeSync, lstatSync, mkdirSync, openSync, readdirSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/** The rights of everybody but the user. Tokens, keys and the past of a world are nobody else's business. */
const OTHERS = 0o077;

/** Creates a folder for its user alone, with the missing ones above it, or takes the others' rights to one that exists. */
export function privateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  tighten(folder);
}

/** Creates an empty file for its user alone, or takes the others' rights to one that exists. */
export function privateFile(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  tighten(file);
}

/**
 * Takes the rights of everybody else to a file, or to a folder itself. Follows a symbolic link.
 * @returns false when the path belongs to another user, or its disk cannot be written
 */
export function tighten(path: string): boolean {
  return tightenAs(path, statSync(path));
}

/**
 * Takes the rights of everybody else to a folder and all that is in it. Links inside of it are not followed.
 * @returns the paths that belong to another user
 */
export function tightenAll(folder: string): string[] {
  const refused = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    try {
      if (entry.isDirectory()) return tightenAll(path);
      return entry.isSymbolicLink() || tightenAs(path, lstatSync(path)) ? [] : [path];
    } catch (error) {
      // Something else may delete files meanwhile.
      if (isMissing(error)) return [];
      throw error;
    }
  });
  // The folder comes last: while it is open to others, its content may be too.
  return tighten(folder) ? refused : [...refused, folder];
}

function tightenAs(path: string, { mode }: Stats): boolean {
  if ((mode & OTHERS) === 0) return true;
  try {
    chmodSync(path, mode & 0o7777 & ~OTHERS);
    return true;
  } catch (error) {
    if (isMissing(error)) return true;
    if (['EPERM', 'EACCES', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';
