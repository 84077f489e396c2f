import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { writeWhole } from '../client/whole-file.ts';
import type { Account, Api } from '../host/api.ts';

const FILE = 'lent-roles.json';
const EVERY_MS = 1_000;
/** A crash undoes at most half a second, so what was true for that long stays true. */
const LASTS_MS = 1_000;

export interface LentRolesOptions {
  api: Pick<Api, 'call' | 'sql'>;
  database: string;
  owner: Account;
  /** The world's. */
  folder: string;
  everyMs?: number;
  lastsMs?: number;
}

/**
 * Roles that must not outlive this `npm start`. Each is written down before it is granted, and stays written down until
 * the world has lost it for good: the host may be down when a role is taken back, a crash may undo that, and `npm start`
 * may be killed. Then the next one takes it back.
 */
export class LentRoles {
  readonly #options: LentRolesOptions;
  readonly #stopping = new AbortController();
  /** All identities that may hold a role. */
  readonly #written: Set<string>;
  /** Those of them that must lose it, and when the world last agreed, by `performance.now()`. */
  readonly #owed = new Map<string, number | undefined>();
  #settling: Promise<void> | undefined;

  /** Begins to take back what an earlier `npm start` left behind. */
  constructor(options: LentRolesOptions) {
    this.#options = options;
    this.#written = new Set(read(options.folder));
    for (const identity of this.#written) this.#owed.set(identity, undefined);
    this.#settleSoon();
  }

  /** @throws Error when the host does not answer; it may have granted the role all the same, so that is taken back */
  async lend(account: Account, role: 'Thinker'): Promise<void> {
    const { identity } = account;
    this.#owed.delete(identity);
    this.#written.add(identity);
    this.#write();
    try {
      await this.#call('grant_role', [`0x${identity}`], { [role]: [] });
    } catch (error) {
      await this.takeBack(account);
      throw error;
    }
  }

  /** Returns after the first attempt; when that fails, others follow until it is done. */
  async takeBack({ identity }: Account): Promise<void> {
    this.#owed.set(identity, undefined);
    await this.#try();
    this.#settleSoon();
  }

  /** Tries once more, and no longer. What is still written down is for the next `npm start`. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#settling;
    await this.#try();
  }

  #settleSoon(): void {
    if (this.#owed.size > 0 && !this.#stopping.signal.aborted)
      this.#settling ??= this.#settle().finally(() => (this.#settling = undefined));
  }

  async #settle(): Promise<void> {
    const { everyMs = EVERY_MS } = this.#options;
    const { signal } = this.#stopping;
    while (this.#owed.size > 0 && !signal.aborted) {
      await this.#try();
      await sleep(everyMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  async #try(): Promise<void> {
    if (this.#owed.size === 0) return;
    // A host that is down comes back, or the next `npm start` finds it.
    await this.#takeBackOwed().catch(() => {});
  }

  async #takeBackOwed(): Promise<void> {
    const { api, database, owner, lastsMs = LASTS_MS } = this.#options;
    const rows = await api.sql(database, 'SELECT * FROM role_grant', owner);
    const held = new Set(rows.map(({ identity }) => String((identity as [string])[0]).replace(/^0x/, '')));
    for (const [identity, agreed] of this.#owed) {
      if (held.has(identity)) {
        await this.#call('revoke_role', [`0x${identity}`]);
        this.#owed.set(identity, performance.now());
      } else if (agreed === undefined) {
        this.#owed.set(identity, performance.now());
      } else if (performance.now() - agreed >= lastsMs) {
        this.#owed.delete(identity);
        this.#written.delete(identity);
        this.#write();
      }
    }
  }

  #call(reducer: string, ...args: unknown[]): Promise<void> {
    const { api, database, owner } = this.#options;
    return api.call(database, reducer, args, owner);
  }

  #write(): void {
    const file = join(this.#options.folder, FILE);
    if (this.#written.size === 0) return rmSync(file, { force: true });
    writeWhole(file, `${JSON.stringify([...this.#written])}\n`);
  }
}

/** A damaged file names nobody: it holds nothing that a world needs. */
function read(folder: string): string[] {
  const file = join(folder, FILE);
  if (!existsSync(file)) return [];
  try {
    return z.array(z.string().regex(/^[0-9a-f]{64}$/)).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
}
