import { createHash } from 'node:crypto';
import { copyFile, readFile, rename } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../cache.ts';
import { run } from '../command.ts';
import { withLock } from '../lock.ts';
import { findToolchain } from './toolchain.ts';
import { ownFiles } from '../own-files.ts';

/** `lab` adds the reducers that experiments need. Client bindings exist only for `production`. */
export type Build = 'production' | 'lab';

export interface Module {
  build: Build;
  path: string;
  wasm: Uint8Array<ArrayBuffer>;
  /** Of the Wasm bytes. Toolchains produce different bytes from the same sources. */
  sha256: string;
}

const WORLD = fileURLToPath(new URL('../world/', import.meta.url));
const OUTPUT = 'target/wasm32-unknown-unknown/release/spellkave_world.wasm';

/**
 * The compiled world module. It is cached under the hash of its sources, so clones on one machine compile it once.
 */
export async function buildModule(build: Build, say: (line: string) => void): Promise<Module> {
  const sources = hashOfSources();
  const path = join(cacheFolder('modules', sources), `${build}.wasm`);
  if (!existsSync(path)) {
    const waiting = () => say('another process is compiling the world module; waiting for it');
    await withLock(join(cacheFolder('modules'), 'lock'), waiting, () => compile(build, sources, path, say));
  }
  const wasm = new Uint8Array(await readFile(path));
  return { build, path, wasm, sha256: createHash('sha256').update(wasm).digest('hex') };
}

async function compile(build: Build, sources: string, path: string, say: (line: string) => void): Promise<void> {
  if (existsSync(path)) return;
  const { cargo, args, env } = await findToolchain(say);
  say(`compiling the world module (${build})`);
  const features = build === 'lab' ? ['--features', 'lab'] : [];
  // Checkouts must not share this target folder: their crates have the same name.
  await run(cargo, ['build', '--release', '--locked', ...args, ...features], {
    cwd: WORLD,
    env: { ...process.env, ...env, CARGO_TARGET_DIR: join(WORLD, 'target') },
    output: 'show',
  });
  if (hashOfSources() !== sources)
    throw new Error('The sources of the world module changed during compilation: run the command again.');
  await copyFile(join(WORLD, OUTPUT), `${path}.new`);
  await rename(`${path}.new`, path);
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const file of ownFiles(WORLD, ['Cargo.toml', 'Cargo.lock', 'src/**/*.rs'])) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(WORLD, file)))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}
