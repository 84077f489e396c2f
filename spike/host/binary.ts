import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../cache.ts';
import { answers, run } from '../command.ts';
import { withLock } from '../lock.ts';
import { PINNED_HOST } from './pin.ts';

/** `standalone` is the host itself; `cli` is needed only to generate client bindings. */
export type Program = 'standalone' | 'cli';

export interface Binary {
  path: string;
  /** As the program reports it, e.g. `1.2.0`. */
  version: string;
}

/** Evidence may be measured on any version, and is filed under it. Everything else runs on the pinned version. */
export type Accept = 'pinned' | 'any';

/**
 * Finds the host: the binary that `SPELLKAVE_HOST` names, else the cached build of the pinned version, else a new build.
 * PATH is never searched, because nobody should measure a host by accident.
 * @param say receives a line before the only long step, the build
 * @throws Error with the fix, when the binary has another version or nothing can build one
 */
export async function findHost(say: (line: string) => void, accept: Accept = 'pinned'): Promise<Binary> {
  const named = process.env['SPELLKAVE_HOST'];
  if (!named) return findPinned('standalone', say);
  if (!existsSync(named)) throw new Error(`SPELLKAVE_HOST names ${named}, which does not exist.`);
  const binary = { path: named, version: await versionOf(named) };
  return accept === 'any' ? binary : checkVersion(binary);
}

/** The pinned program from the cache, built first if it is missing. */
export async function findPinned(program: Program, say: (line: string) => void): Promise<Binary> {
  const root = cacheFolder(`host-${PINNED_HOST}`);
  const path = join(root, 'bin', `spacetimedb-${program}`);
  if (!existsSync(path)) {
    const waiting = () => say(`another process is building SpacetimeDB ${PINNED_HOST}; waiting for it`);
    await withLock(join(root, 'lock'), waiting, async () => {
      if (!existsSync(path)) await build(program, root, say);
    });
  }
  return checkVersion({ path, version: await versionOf(path) });
}

/** `cargo install` moves the program into place only when it is complete. An interrupted build continues next time. */
async function build(program: Program, root: string, say: (line: string) => void): Promise<void> {
  const crate = `spacetimedb-${program}@${PINNED_HOST}`;
  if (!(await answers('cargo', '--version'))) {
    throw new Error(
      `There is no SpacetimeDB host and no cargo to build one: install Rust (https://rustup.rs), ` +
        `or name a ${PINNED_HOST} standalone binary in SPELLKAVE_HOST.`,
    );
  }
  const objects = join(root, 'build');
  say(
    `building ${crate} from the Rust package registry, once for this machine (10 to 20 minutes; it can be interrupted)`,
  );
  await run('cargo', ['install', crate, '--locked', '--root', root], {
    env: { ...process.env, CARGO_TARGET_DIR: objects },
    output: 'show',
  });
  // The objects take over a gigabyte. Only the build of the second program reuses them.
  if (['standalone', 'cli'].every((each) => existsSync(join(root, 'bin', `spacetimedb-${each}`)))) {
    await rm(objects, { recursive: true, force: true });
  }
}

/** @throws Error when the program prints no version */
async function versionOf(path: string): Promise<string> {
  const output = await run(path, ['--version']);
  const version = /\bversion (\d+\.\d+\.\d+[\w.+-]*)/.exec(output)?.[1];
  if (!version) throw new Error(`${path} --version prints no version: ${output.trim()}`);
  return version;
}

function checkVersion(binary: Binary): Binary {
  if (binary.version === PINNED_HOST) return binary;
  throw new Error(`${binary.path} is SpacetimeDB ${binary.version}, and this world is pinned to ${PINNED_HOST}.`);
}
