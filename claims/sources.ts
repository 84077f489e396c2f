import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { ownFiles } from '../spike/own-files.ts';

/**
 * Every claim depends on the world, on how its host is built and run, and on the frame that measures it. These lists are
 * complete, so the imports of these files are not followed.
 */
export const COMMON_SOURCES = [
  'spike/host/*.ts',
  'spike/{cache,command,lock,own-files}.ts',
  'spike/start/map.ts',
  'spike/client/quantile.ts',
  'spike/world/src/**/*.rs',
  'spike/world/Cargo.toml',
  'spike/world/Cargo.lock',
  'spike/world/map.json',
  'claims/harness/*.ts',
];

/** What is done to the world, as opposed to what is measured: the specs, their instruments, the lab and tables of input. */
const EXPERIMENT = /^claims\/(?:[\w-]+\.claim|instruments\/.*|harness\/lab)\.ts$|\.fixture\.ts$/;

/** A source is missing: a pattern or an import is mistyped, or what was measured is gone. */
export class NoSource extends Error {}

const SDKS = ['@clockworklabs/spacetimedb-sdk', 'spacetimedb'];

/** The spec of a claim. */
export const specOf = (claim: string): string => `claims/${claim}.claim.ts`;

/**
 * A content hash of the files that a claim depends on, and of the SDKs' versions: evidence measured on others is stale.
 * Dates and Wasm bytes do not count, since both differ between machines that build the same sources.
 * @param patterns globs relative to `root`; the files that they import count too
 * @throws NoSource when a pattern matches nothing, since a mistyped one would hide every change
 */
export function hashSources(root: string, patterns: string[]): string {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    string,
    Record<string, string> | undefined
  >;
  const versions = SDKS.map((sdk) => `${sdk}@${{ ...devDependencies, ...dependencies }[sdk]}`);
  return hashFiles(root, filesOf(root, patterns), versions);
}

/** A content hash of the experiment alone, without the world and the clients that it measures. */
export function hashExperiment(root: string, claim: string): string {
  const files = filesOf(root, [specOf(claim), 'claims/harness/lab.ts']);
  return hashFiles(
    root,
    files.filter((file) => EXPERIMENT.test(file)),
  );
}

/** The files that match the patterns and all that they import, sorted. Tests that a glob happens to match do not count. */
export function filesOf(root: string, patterns: string[]): string[] {
  const common = new Set(COMMON_SOURCES.flatMap((pattern) => match(root, pattern)));
  const found = new Set<string>();
  const open = patterns.flatMap((pattern) => {
    const files = match(root, pattern).filter((file) => file === pattern || !isTest(file));
    if (files.length === 0) throw new NoSource(`no file matches the source pattern "${pattern}"`);
    return files;
  });
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    if (!common.has(file)) open.push(...importsOf(root, file));
  }
  return [...found].sort();
}

/** `from './a.ts'`, `import './a.css'`, `import('./a.ts')`, and `new URL('./a.ts', import.meta.url)`, which starts a file. */
const REFERENCE =
  /(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])(?<imported>\.{1,2}\/[^'"]+)\1|new URL\(\s*(['"])(?<started>[^'"]+)\3,\s*import\.meta\.url/g;
const COMMENT = /^\s*(?:\/\/|\/\*|\*)/;

function importsOf(root: string, file: string): string[] {
  if (!/\.(?:ts|mjs|astro)$/.test(file)) return [];
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const code = lines.filter((line) => !COMMENT.test(line)).join('\n');
  return [...code.matchAll(REFERENCE)].map(({ groups }) => {
    const reference = (groups?.['imported'] ?? groups?.['started'] ?? '').replace(/[?#].*$/, '');
    // Generated bindings import each other without an extension.
    const target = [reference, `${reference}.ts`]
      .map((path) => posix.join(dirname(file), path))
      .find((path) => existsSync(join(root, path)));
    if (!target) throw new NoSource(`${file} imports ${reference}, which does not exist`);
    return target;
  });
}

function match(root: string, pattern: string): string[] {
  return ownFiles(root, pattern);
}

function hashFiles(root: string, files: string[], more: string[] = []): string {
  const hash = createHash('sha256');
  for (const text of more) hash.update(`${text}\0`);
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function isTest(file: string): boolean {
  return /\.(?:test|spec)\.ts$/.test(file);
}
