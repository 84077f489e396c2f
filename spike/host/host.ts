import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { privateFolder } from '../private.ts';
import { Api } from './api.ts';
import type { Binary } from './binary.ts';
import { requireNoticedDamage } from './damaged-log.ts';
import { removeEmptyMetadata } from './empty-metadata.ts';
import { removeEmptySegments } from './empty-segment.ts';
import { freePort } from './port.ts';
import { supervise, tail } from './supervised.ts';
import { makeWorldPrivate } from './world-folder.ts';

/** The pinned host syncs its log every 500 ms and handles no signal, so wait that long after the last call. */
const SYNC_GRACE_MS = 600;
const START_TIMEOUT_MS = 30_000;

export interface HostOptions {
  binary: Binary;
  /** For `data`, `keys` and `host.log`; created if missing, and made private. */
  folder: string;
  /** Without it, or with 0, a free port. */
  port?: number;
  /** Databases to wake: their clocks do not run until a request touches them. */
  databases?: string[];
  /** Starts the host although it would drop a part of its log without notice: for experiments. */
  acceptDamage?: boolean;
  /** The host is no longer wanted: a start that still waits for it ends with an error. */
  signal?: AbortSignal;
}

export interface Host {
  readonly url: string;
  readonly port: number;
  readonly version: string;
  readonly api: Api;
  readonly log: string;
  /** The supervisor's process id: it ends the host when this process is gone. */
  readonly pid: number;
  readonly ended: Promise<number>;
  /** Ends the host once its log is synced. Stop your own traffic first. */
  stop(): Promise<void>;
  /** Ends the host at once, as a crash does: it may lose the calls of the last half second. */
  kill(): Promise<void>;
}

/**
 * Starts a host on 127.0.0.1 and waits until it answers and its databases are awake.
 * @throws Error when the port is in use, when the log is damaged in a way that the host does not notice, or with the end of
 * the host's output when it does not start
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { binary, folder, databases = [], signal } = options;
  const data = join(folder, 'data');
  const keys = join(folder, 'keys');
  const log = join(folder, 'host.log');
  makeWorldPrivate(folder);
  for (const each of [data, keys]) privateFolder(each);
  for (const file of [...removeEmptySegments(data), ...removeEmptyMetadata(data)])
    appendFileSync(log, `removed ${file}, which a full disk or a power cut left empty\n`, { mode: 0o600 });
  if (!options.acceptDamage) requireNoticedDamage(data);
  const port = await freePort(options.port);
  const listen = `127.0.0.1:${port}`;
  const args = ['start', '--data-dir', data, '--jwt-key-dir', keys, '--listen-addr', listen];
  const supervised = supervise(binary.path, args, log, SYNC_GRACE_MS);
  const api = new Api(`http://${listen}`);
  let runs = true;
  void supervised.ended.then(() => (runs = false));
  try {
    await api.waitUntilItAnswers(START_TIMEOUT_MS, () => runs && !signal?.aborted);
    for (const database of databases) await api.probe(database);
  } catch (error) {
    await supervised.stop();
    throw new Error(`The host did not come up (${log}):\n${tail(log)}`, { cause: error });
  }
  return {
    url: api.url,
    port,
    version: binary.version,
    api,
    log,
    pid: supervised.pid,
    ended: supervised.ended,
    stop: () => supervised.stop(),
    kill: () => supervised.kill(),
  };
}
