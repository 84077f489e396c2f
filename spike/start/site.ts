import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../host/command.ts';
import { freePort } from '../host/port.ts';
import { supervise, type Supervised } from '../host/supervised.ts';

/** The site as readers get it: built, then served, so that search works and nothing is compiled while they read. */
export async function serveSite(root: string, folder: string, port: number): Promise<Supervised> {
  mkdirSync(folder, { recursive: true });
  const astro = join(root, 'node_modules/astro/bin/astro.mjs');
  await run(process.execPath, [astro, 'build'], { cwd: root });
  const args = [astro, 'preview', '--ignore-lock', '--root', root, '--host', '127.0.0.1', '--port', String(port)];
  return supervise(process.execPath, args, join(folder, 'site.log'));
}

/** The first of a few ports that is free, so that a second checkout can serve its site too. */
export async function sitePort(wanted: number | undefined): Promise<number> {
  if (wanted !== undefined) return freePort(wanted);
  return freePort(4321).catch(() => freePort(0));
}
