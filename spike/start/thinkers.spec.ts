import { expect, test } from '../fixture.ts';
import { startHost } from '../host/host.ts';
import { buildModule } from '../host/module.ts';
import { freePort } from '../host/port.ts';
import { Keeper } from './keeper.ts';
import type { Service } from './services.ts';
import { Thinkers } from './thinkers.ts';
import { DATABASE } from './region.ts';
import { raiseWorld } from './world.ts';

const service: Service = { name: 'thinker', entry: '', token: '', args: [], shows: '' };

/** Keeps a program that does nothing: who may think is the subject here, and not what. */
function keepNothing(): Keeper {
  let end = (_code: number) => {};
  const ended = new Promise<number>((resolve) => (end = resolve));
  const running = { pid: 0, ended, stop: () => Promise.resolve(end(0)) };
  return new Keeper(running, { name: 'The thinker', log: '', start: () => running, say: () => {} });
}

test('the second thinker loses its role though its host is down when it ends', async ({ binary, folder }) => {
  const options = { binary, folder, port: await freePort() };
  let host = await startHost(options);
  const world = await raiseWorld(host, await buildModule('production', console.log), folder);
  const where = { api: host.api, database: DATABASE, owner: world.owner, folder };
  const thinkers = new Thinkers({ ...where, service, keep: keepNothing });
  const roles = async () => (await host.api.sql(DATABASE, 'SELECT * FROM role_grant', world.owner)).length;
  try {
    const before = await roles();
    await thinkers.setSecond(true);
    expect(await roles()).toBe(before + 1);
    // The grant is on the disk by then, so the crash does not undo it.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await host.kill();
    await thinkers.setSecond(false);
    expect(thinkers.up).toHaveLength(1);
    host = await startHost({ ...options, databases: [DATABASE] });
    await expect.poll(roles, { timeout: 15_000 }).toBe(before);
  } finally {
    await thinkers.stop();
    await host.stop();
  }
});
