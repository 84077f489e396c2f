/** Starts a host and a world where there is no network, and says what it saw: `node alone-process.ts FOLDER TICKS`. */
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { findHost } from '../../spike/host/binary.ts';
import { startHost } from '../../spike/host/host.ts';
import { buildModule } from '../../spike/host/module.ts';
import { readMap } from '../../spike/start/map.ts';

export interface Alone {
  interfaces: string[];
  ticks: number;
}

const [folder = '', ticks = '0'] = process.argv.slice(2);
const binary = await findHost(console.error, 'any');
const host = await startHost({ binary, folder });
try {
  const owner = await host.api.createAccount();
  await host.api.publish('alone', (await buildModule('production', console.error)).wasm, owner);
  await host.api.call('alone', 'found_world', [readMap()], owner);
  const tick = async () => Number((await host.api.sql('alone', 'SELECT * FROM clock', owner))[0]?.['tick']);
  while ((await tick()) < Number(ticks)) await sleep(100);
  const seen: Alone = { interfaces: Object.keys(networkInterfaces()), ticks: await tick() };
  process.stdout.write(JSON.stringify(seen));
} finally {
  await host.stop();
}
