import { existsSync, readFileSync } from 'node:fs';
import { tighten } from '../private.ts';
import { formatTokens, parseTokens, type Entry } from './token-format.ts';
import type { LastingTokens } from './token-store.ts';
import { writeWhole } from './whole-file.ts';
import { currentKey } from './world-key.ts';

/**
 * Keeps tokens in a file that only its user may read, one for each world. Without the file the host makes a new
 * identity, and its token is written there. No token is ever removed from the file: a replaced one is set aside in it.
 * @param world as `worldKey` names it, so that no host is shown the token of another
 * @throws Error when the file is there but cannot be used. Nothing is overwritten then.
 */
export function fileTokens(file: string, world: string): LastingTokens {
  let token = current(read(file), world);
  // Read the file again before writing, because another client may have changed it.
  const write = (entries: Entry[]) => writeWhole(file, formatTokens(entries));
  return {
    load: () => token,
    save(next) {
      if (next === token) return;
      write([...setAside(read(file), world, token), { world, token: next }]);
      token = next;
    },
    forget() {
      if (token === undefined) return;
      const entries = reject(read(file), world, token);
      write(entries);
      token = current(entries, world);
    },
  };
}

/** An earlier version kept the same world once for each way to write its address. */
const isOf = (world: string) => (entry: Entry) => entry.world !== undefined && currentKey(entry.world) === world;

/**
 * The token for this world; else the one that a former file held for every world, unless this world rejected it. Of
 * several identities the first is the person: under another spelling its name was taken already.
 */
function current(entries: Entry[], world: string): string | undefined {
  const own = entries.filter(isOf(world));
  const isRejected = (token: string) => own.some((entry) => entry.token === token);
  const active = own.find((entry) => !entry.until);
  return active?.token ?? entries.find((entry) => entry.world === undefined && !isRejected(entry.token))?.token;
}

/** Another token takes the place of this one, and of any other for the same world. */
function setAside(entries: Entry[], world: string, token: string | undefined): Entry[] {
  if (token === undefined) return entries;
  const isActive = (entry: Entry) => isOf(world)(entry) && !entry.until;
  return endWhere(isActive, entries, { world, token });
}

/** The world rejected this token alone. */
function reject(entries: Entry[], world: string, token: string): Entry[] {
  const isRejected = (entry: Entry) => isOf(world)(entry) && !entry.until && entry.token === token;
  return endWhere(isRejected, entries, { world, token });
}

/** @param otherwise added where no entry ends: the token is that of a former file */
function endWhere(ends: (entry: Entry) => boolean, entries: Entry[], otherwise: Entry): Entry[] {
  const until = new Date().toISOString();
  if (!entries.some(ends)) return [...entries, { ...otherwise, until }];
  return entries.map((entry) => (ends(entry) ? { ...entry, until } : entry));
}

function read(file: string): Entry[] {
  if (!existsSync(file)) return [];
  tighten(file);
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
