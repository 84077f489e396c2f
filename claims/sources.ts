import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every claim depends on the world, on how its host is built and run, and on the harness that measures it. */
export const COMMON_SOURCES = [
  'spike/host/*.ts',
  'spike/start/map.ts',
  'spike/client/quantile.ts',
  'spike/world/src/**/*.rs',
  'spike/world/Cargo.toml',
  'spike/world/Cargo.lock',
  'spike/world/map.json',
  'claims/harness/*.ts',
];

/** A pattern matches nothing: it is mistyped, or what was measured is gone. */
export class NoSource extends Error {}

const SDKS = ['@clockworklabs/spacetimedb-sdk', 'spacetimedb'];

/**
 * A content hash of the files that a claim depends on, and of the SDKs' versions: evidence measured on others is stale.
 * Dates and Wasm bytes are no part of it, since both differ between machines that build the same sources.
 * @param patterns globs relative to `root`; tests among their files do not count
 * @throws NoSource when a pattern matches nothing, since a mistyped one would hide every change
 */
export function hashSources(root: string, patterns: string[]): string {
  const hash = createHash('sha256');
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    string,
    Record<string, string> | undefined
  >;
  for (const sdk of SDKS) hash.update(`${sdk}@${{ ...devDependencies, ...dependencies }[sdk]}\0`);
  for (const pattern of [...patterns].sort()) {
    const files = globSync(pattern, { cwd: root }).filter((file) => file === pattern || !isTest(file));
    if (files.length === 0) throw new NoSource(`no file matches the source pattern "${pattern}"`);
    for (const file of files.sort()) {
      hash
        .update(`${file.replaceAll('\\', '/')}\0`)
        .update(readFileSync(join(root, file)))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

function isTest(file: string): boolean {
  return /\.(?:test|spec)\.ts$/.test(file);
}
