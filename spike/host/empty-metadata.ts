import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Removes `metadata.toml` when it is empty. The pinned host writes the file anew at each start and does not sync it, so a
 * power cut soon after a start can leave it empty, and the host then does not start ("failed reading metadata.toml").
 * The file holds only the host's version and edition; the host writes a new one where there is none.
 * @see https://github.com/clockworklabs/SpacetimeDB/blob/v1.2.0/crates/standalone/src/lib.rs
 * @returns the file if it was removed
 */
export function removeEmptyMetadata(data: string): string[] {
  const file = join(data, 'metadata.toml');
  if (!existsSync(file) || statSync(file).size > 0) return [];
  rmSync(file);
  return [file];
}
