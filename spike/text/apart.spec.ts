import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { memoryTokens } from '../client/token-store.ts';
import { identityArgument } from '../host/api.ts';
import { startHost, type Host } from '../host/host.ts';
import { buildModule } from '../host/module.ts';
import { expect, mapOf, test } from '../relay/border.fixture.ts';
import { Region } from '../relay/region.ts';
import { Relay } from '../relay/relay.ts';
import { play, regionsOf } from './terminal-program.fixture.ts';

const slow = { timeout: 20_000 };

test('regions that do not belong together are named, and nobody enters', async ({ border, world, binary, folder }) => {
  const [north = ''] = regionsOf(border, world.host.url);
  const twice = play([north, north.replace('127.0.0.1', 'localhost')], 'Mira', folder);
  expect(await twice.ended).toBe(1);
  expect(twice.output()).toContain('are both region 0, so they are not two regions of one world.');
  const other = await startHost({ binary, folder: join(folder, 'other') });
  try {
    const mira = play([north, `${other.url}/south`], 'Mira', folder);
    expect(await mira.ended).toBe(1);
    expect(mira.output()).toContain(
      `south at ${other.url} rejects the identity that another region knows: the hosts of one world must share the key`,
    );
  } finally {
    await other.stop();
  }
});

test('while a region is down its people wait, and go on when it is back', async ({ binary, folder }) => {
  test.setTimeout(90_000);
  const [inNorth, inSouth] = [join(folder, 'north'), join(folder, 'south')];
  const north = await startHost({ binary, folder: inNorth });
  cpSync(join(inNorth, 'keys'), join(inSouth, 'keys'), { recursive: true });
  let south = await startHost({ binary, folder: inSouth });
  const regions = [`${north.url}/north`, `${south.url}/south`];
  const relay = await found(north, south);
  const { port } = south;
  try {
    const mira = play(regions, 'Mira', folder, '--wait', '20');
    await expect.poll(mira.output, slow).toContain('Exits: in, over (to South).');
    mira.type('over');
    await expect.poll(mira.output, slow).toContain('You arrive in South.');
    await south.stop();
    await expect.poll(mira.output, slow).toContain('South does not answer (');
    mira.type('look', 'who');
    await expect.poll(mira.output).toContain('South does not answer, so nothing was done. Reconnecting.');
    await expect.poll(mira.output).toMatch(/North: 2 live here.*\nSouth does not answer\./);
    south = await startHost({ binary, folder: inSouth, port, databases: ['south'] });
    await expect.poll(mira.output, slow).toContain('South answers again.');
    mira.type('say I am still here.');
    await expect.poll(mira.output).toContain('You say: I am still here.');
    expect(await mira.end()).toBe(0);
  } finally {
    relay.close();
    await north.stop();
    await south.stop();
  }
});

/** Founds a region on each host, and lets a relay serve them until the border between them is open. */
async function found(north: Host, south: Host): Promise<Relay> {
  const { wasm } = await buildModule('production', console.log);
  const owner = await north.api.createAccount();
  const porter = await north.api.createAccount();
  const maps = [
    mapOf('North', ['Ada', 'Olaf'], { region: 1, to: 'South Gate' }),
    mapOf('South', ['Sif', 'Nils'], { region: 0, to: 'North Gate' }),
  ];
  const regions: Region[] = [];
  for (const [number, { api, url }] of [north, south].entries()) {
    const database = ['north', 'south'][number]!;
    await api.publish(database, wasm, owner);
    await api.call(database, 'set_region', [number, ['North', 'South'][number]], owner);
    await api.call(database, 'grant_role', [identityArgument(porter), { Relay: [] }], owner);
    await api.call(database, 'found_world', [maps[number]], owner);
    await api.call(database, 'pause_clock', [], owner);
    regions.push(new Region({ url, database, tokens: memoryTokens(porter.token) }));
  }
  const relay = new Relay(regions, { waitMs: 100, log: () => {} });
  await expect.poll(() => north.api.sql('north', 'SELECT * FROM peer', owner)).toHaveLength(1);
  await expect.poll(() => south.api.sql('south', 'SELECT * FROM peer', owner)).toHaveLength(1);
  return relay;
}
