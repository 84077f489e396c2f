import { existsSync, readFileSync } from 'node:fs';
import { formatTokens, parseTokens, type Entry } from './token-format.ts';
import type { LastingTokens } from './token-store.ts';
import { writeWhole } from './whole-file.ts';

/**
 * Keeps tokens in a file that only its user may read, one for each world. Without the file the host makes a new
 * identity, and its token is written there. No token is ever removed from the file: a replaced one is set aside in it.
 * @param world as `worldKey` names it, so that no host is shown the token of another
 * @throws Error when the file is there but cannot be used. Nothing is overwritten then.
 */
export function fileTokens(file: string, world: string): LastingTokens {
  let token = current(read(file), world);
  // Read the file again before writing, because another client may have changed it.
  const replace = (next: string | undefined) => {
    const entries = setAside(read(file), world, token);
    writeWhole(file, formatTokens(next === undefined ? entries : [...entries, { world, token: next }]));
    token = next;
  };
  return {
    load: () => token,
    save: (next) => void (next !== token && replace(next)),
    forget: () => void (token !== undefined && replace(undefined)),
  };
}

/** The token for this world; else the one that a former file held for every world, unless this world rejected it. */
function current(entries: Entry[], world: string): string | undefined {
  const own = entries.findLast((entry) => entry.world === world && !entry.until);
  const isRejected = (token: string) => entries.some((entry) => entry.world === world && entry.token === token);
  return own?.token ?? entries.find((entry) => entry.world === undefined && !isRejected(entry.token))?.token;
}

function setAside(entries: Entry[], world: string, token: string | undefined): Entry[] {
  if (token === undefined) return entries;
  const until = new Date().toISOString();
  const isActive = (entry: Entry) => entry.world === world && !entry.until;
  if (!entries.some(isActive)) return [...entries, { world, token, until }];
  return entries.map((entry) => (isActive(entry) ? { ...entry, until } : entry));
}

function read(file: string): Entry[] {
  if (!existsSync(file)) return [];
  try {
    return parseTokens(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = (error as Error).message;
    throw new Error(
      `${file} is not a token file: ${reason}. Nothing was overwritten. Put a backup in its place, or move it away to get a new identity.`,
      { cause: error },
    );
  }
}
