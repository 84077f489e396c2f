import { cpSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../../spike/host/api.ts';
import type { Binary } from '../../spike/host/binary.ts';
import { startHost, type Host } from '../../spike/host/host.ts';
import { resumeHost } from '../../spike/start/resume-host.ts';
import type { Lab } from '../harness/lab.ts';
import { killHost } from './host-process.ts';

/** A host starts within a second; a log of these experiments is read within another. */
const LIMIT_MS = 20_000;

/** A world's folder, and what its owner needs to open it. */
export interface Closed {
  folder: string;
  /** By the host alone, without what precedes a start of ours. */
  acceptDamage?: boolean;
  binary: Binary;
  database: string;
  owner: Account;
}

/** A world that a host has opened, as its owner sees it. */
export class OpenWorld {
  readonly host: Host;
  readonly #closed: Closed;

  constructor(host: Host, closed: Closed) {
    this.host = host;
    this.#closed = closed;
  }

  sql(query: string): Promise<Record<string, unknown>[]> {
    return this.host.api.sql(this.#closed.database, query, this.#closed.owner);
  }

  call(reducer: string, ...args: unknown[]): Promise<void> {
    return this.host.api.call(this.#closed.database, reducer, args, this.#closed.owner);
  }

  callAs(account: Account, reducer: string, ...args: unknown[]): Promise<void> {
    return this.host.api.call(this.#closed.database, reducer, args, account);
  }
}

/** A copy of a lab's folder as it is at this moment. */
export function closedCopy({ folder: from, binary, database, owner }: Lab, folder: string): Closed {
  cpSync(from, folder, { recursive: true });
  return { folder, binary, database, owner };
}

/** What a host makes of a world's folder. A host that refuses or hangs has been ended. */
export type Opening =
  { outcome: 'opened'; world: OpenWorld } | { outcome: 'refused'; message: string } | { outcome: 'hangs' };

/** Starts a host on a world's folder and wakes the database, within a time limit. */
export async function openWorld(closed: Closed, limitMs = LIMIT_MS): Promise<Opening> {
  const startedMs = performance.now();
  let host: Host;
  try {
    host = await (closed.acceptDamage ? startHost(closed) : resumeHost(closed, () => {}));
  } catch (error) {
    if (performance.now() - startedMs > limitMs) return { outcome: 'hangs' };
    return { outcome: 'refused', message: (error as Error).message };
  }
  const late = sleep(limitMs, 'late' as const, { ref: false });
  const probed = host.api.probe(closed.database).then(
    () => 'awake' as const,
    (error: unknown) => error as Error,
  );
  const answer = await Promise.race([probed, late]);
  if (answer === 'awake') return { outcome: 'opened', world: new OpenWorld(host, closed) };
  await killHost(host).catch(() => host.stop());
  if (answer === 'late') return { outcome: 'hangs' };
  return { outcome: 'refused', message: `${answer.message}\n${readFileSync(host.log, 'utf8')}` };
}
