import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findHost } from '../../spike/host/binary.ts';
import { PINNED_HOST, PINNED_SDK } from '../../spike/host/pin.ts';

export const LOCK = 'spike/world/Cargo.lock';
export const BINDINGS = 'spike/client/bindings';
const SDK = 'node_modules/@clockworklabs/spacetimedb-sdk/package.json';

/** The versions that the parts of a checkout name. */
export interface Versions {
  host: string[];
  crates: string[];
  bindings: string[];
  sdk: string[];
}

/** Reads the versions of everything but the host in the checkout at `root`. */
export function readVersions(root: string): Omit<Versions, 'host'> {
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const crates = [...read(LOCK).matchAll(/name = "spacetimedb[\w-]*"\nversion = "([^"]+)"/g)];
  const header = /generated using spacetimedb cli version (\S+)/;
  return {
    crates: crates.map(([, version = '']) => version),
    bindings: readdirSync(join(root, BINDINGS)).map((file) => header.exec(read(`${BINDINGS}/${file}`))?.[1] ?? 'none'),
    sdk: [(JSON.parse(read(SDK)) as { version: string }).version],
  };
}

/** The versions that differ from the pinned ones. */
export function unpinned({ sdk, ...hosted }: Versions): string[] {
  const others = Object.values(hosted).flatMap((versions: string[]) => versions.filter((one) => one !== PINNED_HOST));
  return [...others, ...sdk.filter((version) => version !== PINNED_SDK)];
}

/** Copies the parts that `readVersions` reads. */
export function copyParts(root: string): void {
  for (const part of [LOCK, BINDINGS, SDK]) {
    mkdirSync(join(root, part, '..'), { recursive: true });
    cpSync(part, join(root, part), { recursive: true });
  }
}

/** Each entry changes the version of one part of a copy; the first returns the version that the wrong host prints. */
export const WRONG: Record<string, (root: string) => Promise<string> | undefined> = {
  'wrong host': (root) => versionOfWrongHost(join(root, 'host')),
  'wrong crate': (root) =>
    replace(join(root, LOCK), /(?<before>name = "spacetimedb-lib"\nversion = ")[^"]+/, '$<before>2.8.3'),
  'wrong binding': (root) =>
    replace(join(root, BINDINGS, 'index.ts'), /(?<before>spacetimedb cli version )\S+/, '$<before>2.8.3'),
  'wrong SDK': (root) => replace(join(root, SDK), /(?<before>"version": ")[^"]+/, '$<before>1.3.2'),
};

/** @throws Error when the pattern does not match, because the part would stay right */
function replace(file: string, pattern: RegExp, replacement: string): undefined {
  const text = readFileSync(file, 'utf8');
  const wrong = text.replace(pattern, replacement);
  if (wrong === text) throw new Error(`${file} has no version to change`);
  writeFileSync(file, wrong);
}

async function versionOfWrongHost(file: string): Promise<string> {
  writeFileSync(file, "#!/bin/sh\necho 'spacetimedb tool version 2.8.3'\n", { mode: 0o755 });
  const named = process.env['SPELLKAVE_HOST'];
  process.env['SPELLKAVE_HOST'] = file;
  try {
    return (await findHost(console.log, 'any')).version;
  } finally {
    if (named === undefined) delete process.env['SPELLKAVE_HOST'];
    else process.env['SPELLKAVE_HOST'] = named;
  }
}
