import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What is committed, next to the project's own. */
const MANIFEST = fileURLToPath(new URL('local/package.json', import.meta.url));
const LOCK = fileURLToPath(new URL('local/package-lock.json', import.meta.url));

/** The builds for the processor alone. The others need a graphics card and weigh 700 MB. On Apple silicon there is one for both. */
const PLATFORMS: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-arm64': 'mac-arm64-metal',
  'darwin-x64': 'mac-x64',
};

interface Listed {
  dependencies?: Record<string, string>;
}
interface Lock {
  packages: Record<string, Listed & { version?: string; optional?: boolean }>;
}

/** What npm installs the runtime from. */
export interface LocalLock {
  manifest: string;
  lock: string;
  /** Of node-llama-cpp. */
  version: string;
}

/**
 * The committed lock file, with the one build that this machine needs as an ordinary dependency: npm lists all builds as
 * optional, and without the optional ones it installs none. npm still checks every package against the lock file.
 * @param machine operating system and processor, as Node names them
 * @throws Error when there is no build for it
 */
export function localLock(machine = `${process.platform}-${process.arch}`): LocalLock {
  const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Listed;
  const lock = JSON.parse(readFileSync(LOCK, 'utf8')) as Lock;
  const platform = PLATFORMS[machine];
  if (!platform)
    throw new Error(
      `--mind local has no runtime for ${machine}: it needs ${Object.keys(PLATFORMS).join(', ')}. Use --mind openai with a server of your own.`,
    );
  const name = `@node-llama-cpp/${platform}`;
  const build = lock.packages[`node_modules/${name}`];
  const root = lock.packages[''];
  if (!build?.version || !root) throw new Error(`${LOCK} does not list ${name}: make it again.`);
  delete build.optional;
  const dependencies = { ...manifest.dependencies, [name]: build.version };
  root.dependencies = dependencies;
  return {
    manifest: JSON.stringify({ ...manifest, dependencies }, null, 2),
    lock: JSON.stringify(lock, null, 2),
    version: build.version,
  };
}
