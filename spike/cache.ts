import { mkdirSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { join } from 'node:path';

/**
 * The folder for builds that are slow and the same for every checkout. It lies outside all of them; `SPELLKAVE_CACHE`
 * overrides it.
 */
export function cacheFolder(...parts: string[]): string {
  const folder = join(base(), ...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function base(): string {
  const { SPELLKAVE_CACHE, XDG_CACHE_HOME } = process.env;
  if (SPELLKAVE_CACHE) return SPELLKAVE_CACHE;
  if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, 'spellkave');
  return platform() === 'darwin' ? join(homedir(), 'Library/Caches/spellkave') : join(homedir(), '.cache/spellkave');
}
