import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'playwright/test';
import { identityArgument, type Account } from './host/api.ts';
import { findHost, type Binary } from './host/binary.ts';
import { startHost, type Host } from './host/host.ts';
import { buildModule, type Build } from './host/module.ts';
import { readMap } from './start/map.ts';

/** A database for one test on the worker's host, with the account that owns it. */
export interface TestWorld {
  host: Host;
  database: string;
  owner: Account;
  call(reducer: string, args?: unknown[], caller?: Account): Promise<void>;
  /** Queries as the owner, who also sees private tables. */
  sql(query: string): Promise<Record<string, unknown>[]>;
  /** A new account, optionally with a role. */
  account(role?: 'Thinker' | 'Archivist' | 'Player' | 'Relay'): Promise<Account>;
  /** A new account that has joined the world. */
  player(name: string): Promise<Player>;
}

export interface Player extends Account {
  /** The id of the agent that this player controls. */
  agent: number;
}

interface TestFixtures {
  /** Which build of the module `world` runs. */
  build: Build;
  /** Whether `world` is founded from the map file before the test. */
  founded: boolean;
  world: TestWorld;
  /** A folder that is deleted after the test. */
  folder: string;
}

interface WorkerFixtures {
  binary: Binary;
  /** Shared by the tests of one worker. A test that ends a host starts its own. */
  host: Host;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  build: ['production', { option: true }],
  founded: [true, { option: true }],
  binary: [async ({}, use) => use(await findHost(console.log)), { scope: 'worker' }],
  host: [
    async ({ binary }, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'spellkave-host-'));
      const host = await startHost({ binary, folder });
      await use(host);
      await host.kill();
      rmSync(folder, { recursive: true, maxRetries: 5 });
    },
    { scope: 'worker' },
  ],
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'spellkave-test-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  world: async ({ host, build, founded }, use, info) => {
    const module = await buildModule(build, console.log);
    const database = `t${info.testId.replaceAll(/[^a-z0-9]/g, '')}`;
    const { api } = host;
    const owner = await api.createAccount();
    await api.publish(database, module.wasm, owner);
    const world: TestWorld = {
      host,
      database,
      owner,
      call: (reducer, args = [], caller = owner) => api.call(database, reducer, args, caller),
      sql: (query) => api.sql(database, query, owner),
      async account(role) {
        const account = await api.createAccount();
        if (role) await world.call('grant_role', [identityArgument(account), { [role]: [] }]);
        return account;
      },
      async player(name) {
        const account = await api.createAccount();
        await world.call('join', [name], account);
        const [profile] = await world.sql(`SELECT id FROM agent_profile WHERE name = '${name}'`);
        return { ...account, agent: Number(profile?.['id']) };
      },
    };
    if (founded) await world.call('found_world', [readMap()]);
    await use(world);
    await api.remove(database, owner);
  },
});

export { expect } from 'playwright/test';
