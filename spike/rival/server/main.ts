/** Runs one game server: `node spike/rival/server/main.ts`, with the options that `--help` prints. */
import { randomBytes } from 'node:crypto';
import { env, exit, pid } from 'node:process';
import { readMap } from '../../start/map.ts';
import { found, populate } from '../world/founding.ts';
import { survey, type Geography } from '../world/geography.ts';
import { restore, snapshot, type World } from '../world/state.ts';
import type { Store } from '../stores/store.ts';
import { nowMicros } from './now.ts';
import { openStore } from './open-store.ts';
import { HELP, readOptions, type ServerOptions } from './options.ts';
import { WorldServer } from './server.ts';
import { Tokens } from './token.ts';

/** The saved world, or a new one, which is saved before anybody sees it. */
async function worldIn(store: Store, geography: Geography, options: ServerOptions): Promise<World> {
  const saved = await store.load();
  if (saved) return restore(geography, saved);
  const world = found(geography, nowMicros(), options);
  populate(world, options.living);
  await store.commit(snapshot(world));
  return world;
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  exit(1);
}

const options = (() => {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error((error as Error).message);
    return exit(2);
  }
})();
if (options.help) {
  console.log(HELP);
  exit(0);
}
const store = await openStore(options).catch(fail);
const world = await worldIn(store, survey(readMap(options.map)), options).catch(fail);
const server = await WorldServer.start({
  ...options,
  world,
  store,
  tokens: new Tokens(env['RIVAL_SECRET'] ?? randomBytes(32).toString('hex')),
  publishEarly: options.control === 'push-early',
  onFailure: fail,
}).catch(fail);

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  await server.stop();
  await store.close();
  exit(0);
}
process.on('SIGINT', () => void end()).on('SIGTERM', () => void end());
if (options.endWithStdin) process.stdin.on('close', () => void end()).resume();
console.log(JSON.stringify({ port: server.port, pid }));
