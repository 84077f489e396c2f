import { existsSync } from 'node:fs';
import { platform } from 'node:os';
import { answers, run } from '../command.ts';

/** How to call cargo to compile for Wasm. */
export interface Toolchain {
  cargo: string;
  args: string[];
  env: Record<string, string>;
}

const TARGET = 'wasm32-unknown-unknown';
const RUSTUP: Toolchain = { cargo: 'cargo', args: ['--target', TARGET], env: {} };

const DEBIAN_PACKAGES = ['rustc-web', 'cargo-web', 'rust-web-src', 'lld-19'];
const DEBIAN_FILES = ['/usr/bin/rustc', '/usr/bin/cargo', '/usr/bin/wasm-ld-19', '/usr/lib/rustlib/src'];

/** Debian ships the standard library for Wasm as sources only. Cargo builds them if RUSTC_BOOTSTRAP allows it. */
const DEBIAN: Toolchain = {
  cargo: '/usr/bin/cargo',
  args: ['--target', TARGET, '-Zbuild-std=std,panic_abort'],
  env: {
    RUSTC_BOOTSTRAP: '1',
    RUSTC: '/usr/bin/rustc',
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: 'wasm-ld-19',
  },
};

/**
 * Finds a Rust toolchain for Wasm, or installs one: rustup's target, else Debian's packages.
 * @throws Error with what to install
 */
export async function findToolchain(say: (line: string) => void): Promise<Toolchain> {
  if (await hasTarget()) return RUSTUP;
  if (hasDebian()) return DEBIAN;
  if (await answers('rustup', '--version')) {
    say(`adding the Rust target ${TARGET}`);
    await answers('rustup', 'target', 'add', TARGET);
    if (await hasTarget()) return RUSTUP;
  }
  await installDebianPackages(DEBIAN_PACKAGES, say);
  if (hasDebian()) return DEBIAN;
  throw new Error(
    `No Rust toolchain here compiles for ${TARGET}: install Rust by rustup and run \`rustup target add ${TARGET}\`.`,
  );
}

/**
 * Prints and runs an apt-get command when we are root. Without apt it does nothing, and the packages stay missing.
 * @throws Error with the command to run when apt exists but we are not root
 */
export async function installDebianPackages(packages: string[], say: (line: string) => void): Promise<void> {
  if (platform() !== 'linux' || !(await answers('apt-get', '--version'))) return;
  const install = `apt-get install --yes --no-install-recommends ${packages.join(' ')}`;
  if (process.getuid?.() !== 0) throw new Error(`Some Debian packages are missing. Run: sudo ${install}`);
  say(`installing system packages as root: ${packages.join(', ')}\n  apt-get update && ${install}`);
  await run('apt-get', ['update', '--quiet']);
  const [program = '', ...args] = install.split(' ');
  await run(program, args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

/** rustc lists targets whose library is not installed, so look for the library itself. */
async function hasTarget(): Promise<boolean> {
  const folder = await run('rustc', ['--print', 'target-libdir', '--target', TARGET]).catch(() => '');
  return folder !== '' && existsSync(folder.trim());
}

function hasDebian(): boolean {
  return DEBIAN_FILES.every((file) => existsSync(file));
}
