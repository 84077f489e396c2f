import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Everything in a folder, and the folder, that somebody else has a right to. */
export function openIn(folder: string): string[] {
  return ['', ...readdirSync(folder, { encoding: 'utf8', recursive: true })].filter(
    (name) => (statSync(join(folder, name)).mode & 0o077) !== 0,
  );
}
