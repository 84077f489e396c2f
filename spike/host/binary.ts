import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cache.ts';
import { answers, run } from './command.ts';
import { withLock } from './lock.ts';
import { PINNED_HOST } from './pin.ts';

/** `standalone` is the host itself; `cli` is needed only to generate client bindings. */
export type Program = 'standalone' | 'cli';

export interface Binary {
  path: string;
  /** As the program itself reports it, e.g. `1.2.0`. */
  version: string;
}

/** Measuring takes a host of any version, and files what it finds under that version; everything else takes the pinned one. */
export type Accept = 'pinned' | 'any';

/**
 * The host: the binary that `SPELLKAVE_HOST` names, or the cached build of the pinned version, or a new build of it.
 * PATH is never searched, so that nobody measures a host by accident.
 * @param say told about the only long step, the build
 * @throws Error that says what to do, when the binary is of another version or nothing can build one
 */
export async function findHost(say: (line: string) => void, accept: Accept = 'pinned'): Promise<Binary> {
  const named = process.env['SPELLKAVE_HOST'];
  if (!named) return findPinned('standalone', say);
  if (!existsSync(named)) throw new Error(`SPELLKAVE_HOST names ${named}, which is not there.`);
  const binary = { path: named, version: await versionOf(named) };
  return accept === 'any' ? binary : checkVersion(binary);
}

/** The pinned program from the cache, built first where it is not there yet. */
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

/** `cargo install` puts the program in place only when it is whole; a build that was interrupted goes on where it was. */
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
  // The objects are over a gigabyte; the second program reuses them, after it nothing does.
  if (['standalone', 'cli'].every((each) => existsSync(join(root, 'bin', `spacetimedb-${each}`)))) {
    await rm(objects, { recursive: true, force: true });
  }
}

/** @throws Error when the program does not say a version */
async function versionOf(path: string): Promise<string> {
  const said = await run(path, ['--version']);
  const version = /\bversion (\d+\.\d+\.\d+[\w.+-]*)/.exec(said)?.[1];
  if (!version) throw new Error(`${path} --version says no version: ${said.trim()}`);
  return version;
}

function checkVersion(binary: Binary): Binary {
  if (binary.version === PINNED_HOST) return binary;
  throw new Error(`${binary.path} is SpacetimeDB ${binary.version}, and this world is pinned to ${PINNED_HOST}.`);
}
