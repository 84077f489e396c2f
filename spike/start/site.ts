import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../command.ts';
import { freePort } from '../host/port.ts';
import { supervise, tail, type Supervised } from '../host/supervised.ts';
import { until } from '../until.ts';

export interface Site extends Supervised {
  /** Without a slash at its end. */
  readonly url: string;
  readonly port: number;
}

const START_MS = 60_000;

/** Builds the site, then serves it. Only a built site has a search index, and readers never wait for a compiler. */
export async function serveSite(root: string, folder: string, port?: number): Promise<Site> {
  mkdirSync(folder, { recursive: true });
  await run(process.execPath, [astroOf(root), 'build'], { cwd: root });
  return serveBuilt(root, folder, port);
}

/**
 * Serves the built site, and waits until it answers.
 * @param port without it 4321, or a free port when 4321 is in use
 * @param signal the server is no longer wanted
 * @throws Error with the end of the log when the server ends or does not answer in time
 */
export async function serveBuilt(root: string, folder: string, port?: number, signal?: AbortSignal): Promise<Site> {
  const taken = port === undefined ? await freePort(4321).catch(() => freePort()) : await freePort(port);
  const log = join(folder, 'site.log');
  // Astro locks a project to one server, but tests serve the site while a reader does.
  const args = ['preview', '--ignore-lock', '--root', root, '--host', '127.0.0.1', '--port', String(taken)];
  const server = supervise(process.execPath, [astroOf(root), ...args], log);
  const url = `http://127.0.0.1:${taken}`;
  let runs = true;
  void server.ended.then(() => (runs = false));
  const answers = async () => (await fetch(url, { method: 'HEAD' }).catch(() => undefined))?.ok ?? false;
  let answered = false;
  await until(async () => !runs || signal?.aborted || (answered = await answers()), START_MS);
  if (answered) return { ...server, url, port: taken };
  await server.stop();
  throw new Error(`The site did not start (${log}):\n${tail(log)}`);
}

const astroOf = (root: string) => join(root, 'node_modules/astro/bin/astro.mjs');
