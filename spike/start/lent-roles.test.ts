import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from 'playwright/test';
import { LentRoles } from './lent-roles.ts';

const account = { identity: 'a'.repeat(64), token: '' };

/** A world that knows who has a role, and can be down. */
class FakeWorld {
  readonly roles = new Set<string>();
  isDown = false;

  call(_database: string, reducer: string, [argument]: unknown[]): Promise<void> {
    if (this.isDown) return Promise.reject(new Error('no answer'));
    const identity = (argument as [string])[0].slice(2);
    if (reducer === 'grant_role') this.roles.add(identity);
    else this.roles.delete(identity);
    return Promise.resolve();
  }

  sql(): Promise<{ identity: [string] }[]> {
    if (this.isDown) return Promise.reject(new Error('no answer'));
    return Promise.resolve([...this.roles].map((identity) => ({ identity: [`0x${identity}`] })));
  }
}

const test = base.extend<{ folder: string; world: FakeWorld; lend: () => LentRoles }>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'spellkave-lent-'));
    await use(folder);
    rmSync(folder, { recursive: true });
  },
  world: async ({}, use) => use(new FakeWorld()),
  lend: async ({ folder, world }, use) => {
    const made: LentRoles[] = [];
    await use(() => {
      const roles = new LentRoles({ api: world, database: 'isle', owner: account, folder, everyMs: 5, lastsMs: 30 });
      made.push(roles);
      return roles;
    });
    for (const each of made) await each.stop();
  },
});

const isWritten = (folder: string) => existsSync(join(folder, 'lent-roles.json'));

test('a role is taken back when its host is down meanwhile and comes back', async ({ folder, world, lend }) => {
  const roles = lend();
  await roles.lend(account, 'Thinker');
  world.isDown = true;
  await roles.takeBack(account);
  expect([world.roles.size, isWritten(folder)]).toEqual([1, true]);
  world.isDown = false;
  await expect.poll(() => world.roles.size).toBe(0);
  await expect.poll(() => isWritten(folder)).toBe(false);
});

test('a role is taken back again when a crash undoes that', async ({ folder, world, lend }) => {
  const roles = lend();
  await roles.lend(account, 'Thinker');
  await roles.takeBack(account);
  expect(world.roles.size).toBe(0);
  world.roles.add(account.identity);
  await expect.poll(() => world.roles.size).toBe(0);
  await expect.poll(() => isWritten(folder)).toBe(false);
});

test('a role that outlived its npm start is taken back by the next one', async ({ folder, world, lend }) => {
  await lend().lend(account, 'Thinker');
  lend();
  await expect.poll(() => world.roles.size).toBe(0);
  await expect.poll(() => isWritten(folder)).toBe(false);
});

test('a role that is lent again is not taken back', async ({ folder, world, lend }) => {
  const roles = lend();
  await roles.lend(account, 'Thinker');
  world.isDown = true;
  await roles.takeBack(account);
  world.isDown = false;
  await roles.lend(account, 'Thinker');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([world.roles.size, isWritten(folder)]).toEqual([1, true]);
});

test('a grant whose answer was lost is taken back', async ({ folder, world, lend }) => {
  const roles = lend();
  world.isDown = true;
  await expect(roles.lend(account, 'Thinker')).rejects.toThrow('no answer');
  expect(isWritten(folder)).toBe(true);
  world.isDown = false;
  world.roles.add(account.identity);
  await expect.poll(() => world.roles.size).toBe(0);
});

test('a damaged file stops nothing', ({ folder, world, lend }) => {
  writeFileSync(join(folder, 'lent-roles.json'), '["x');
  lend();
  expect(world.roles.size).toBe(0);
});
