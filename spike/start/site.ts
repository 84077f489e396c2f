import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../host/command.ts';
import { freePort } from '../host/port.ts';
import { supervise, tail, type Supervised } from '../host/supervised.ts';

export interface Site extends Supervised {
  /** Without a slash at its end. */
  readonly url: string;
}

const START_MS = 60_000;

/** The site as readers get it: built, then served, so that search works and nothing is compiled while they read. */
export async function serveSite(root: string, folder: string, port?: number): Promise<Site> {
  mkdirSync(folder, { recursive: true });
  await run(process.execPath, [astroOf(root), 'build'], { cwd: root });
  return serveBuilt(root, folder, port);
}

/**
 * Serves what was built, and waits until it answers.
 * @param port the one to take; without it 4321, or a free one where that is in use
 * @throws Error with the end of the log when the server ended, or does not answer in time
 */
export async function serveBuilt(root: string, folder: string, port?: number): Promise<Site> {
  const taken = port === undefined ? await freePort(4321).catch(() => freePort()) : await freePort(port);
  const log = join(folder, 'site.log');
  // One project may serve its site twice: this one for reading, another for its tests.
  const args = ['preview', '--ignore-lock', '--root', root, '--host', '127.0.0.1', '--port', String(taken)];
  const server = supervise(process.execPath, [astroOf(root), ...args], log);
  const url = `http://127.0.0.1:${taken}`;
  let runs = true;
  void server.ended.then(() => (runs = false));
  for (const end = Date.now() + START_MS; runs && Date.now() < end; await sleep(50)) {
    const answer = await fetch(url, { method: 'HEAD' }).catch(() => undefined);
    if (answer?.ok) return { ...server, url };
  }
  await server.stop();
  throw new Error(`The site did not come up (${log}):\n${tail(log)}`);
}

const astroOf = (root: string) => join(root, 'node_modules/astro/bin/astro.mjs');
