import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../../spike/host/api.ts';
import { exportWorld, type Exported } from '../../spike/export/export.ts';
import { readExport } from '../../spike/export/file/reader.ts';
import { load } from '../../spike/rival/exit/load.ts';
import { identityIn } from '../../spike/rival/exit/old-token.ts';
import { Caller } from '../../spike/rival/server/caller.ts';
import { newSecret, startServer, type ServerProcess } from '../../spike/rival/server/process.ts';
import { LogStore } from '../../spike/rival/stores/log.ts';
import type { Delta } from '../../spike/rival/world/delta.ts';
import type { Lease } from '../../spike/rival/world/think/lease.ts';
import type { Lab } from '../harness/lab.ts';

const MIND = 'mind-of-the-game-server';
const SNAPSHOT_EVERY = 600;

export function exportLab(lab: Lab, file: string, staysPaused: boolean): Promise<Exported> {
  const { database, owner } = lab;
  const signal = new AbortController().signal;
  return exportWorld({ api: lab.host.api, database, owner, file, staysPaused, signal });
}

/** Loads an export into an empty database, paused. @returns the world as the store gives it back */
export async function loadInto(url: string, file: string, mapFile: string): Promise<Delta> {
  const exported = await readExport(file);
  const store = await LogStore.open({ url, durability: 'off', snapshotEvery: SNAPSHOT_EVERY });
  try {
    return await load(exported, store, { mapFile, paused: true });
  } finally {
    await store.close();
  }
}

/** A game server that goes on with a loaded world. */
export class MovedWorld {
  readonly #server: ServerProcess;
  readonly #owner: Caller;

  private constructor(server: ServerProcess, owner: Caller) {
    this.#server = server;
    this.#owner = owner;
  }

  static async start(url: string, mapFile: string): Promise<MovedWorld> {
    const server = await startServer(['--store', 'log', '--database', url, '--map', mapFile], newSecret());
    return new MovedWorld(server, await Caller.connect(server.urlFor()));
  }

  async snapshot(): Promise<Delta> {
    return (await this.#owner.call('snapshot')) as Delta;
  }

  /** Lets the clock go on. @returns when the first tick had arrived, by `performance.now()` */
  async goOn(): Promise<number> {
    const ticked = new Promise<number>((resolve) => {
      this.#owner.onFrame = ({ kind }) => {
        if (kind === 'tick') resolve(performance.now());
      };
    });
    this.#owner.subscribe(0);
    await this.#owner.call('resume_clock');
    return ticked;
  }

  /** Answers open questions, and nothing else. @returns the requests that it answered */
  async answer(most: number): Promise<number[]> {
    await this.#owner.call('grant_role', MIND, 'Thinker');
    const mind = await Caller.connect(this.#server.urlFor(MIND));
    // Questions are leased before reflections.
    const leases = (await mind.call('lease', most)) as Lease[];
    for (const { request, leaseEpoch } of leases)
      await mind.call('submit', request, leaseEpoch, { Say: `Answer ${request}.` });
    await mind.close();
    return leases.map(({ request }) => request);
  }

  /** Somebody of the old world says something here, by what their old token proves. */
  async say(lab: Lab, { token }: Account, words: string): Promise<void> {
    const publicKey = readFileSync(join(lab.folder, 'keys', 'id_ecdsa.pub'), 'utf8');
    const person = await Caller.connect(this.#server.urlFor(identityIn(token, publicKey, Date.now() / 1_000)));
    await person.call('act', { Say: words });
    await person.close();
  }

  async stop(): Promise<void> {
    await this.#owner.close();
    await this.#server.stop();
  }
}
