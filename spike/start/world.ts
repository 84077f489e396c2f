import { identityArgument, type Account } from '../host/api.ts';
import type { Host } from '../host/host.ts';
import type { Module } from '../host/module.ts';
import { readMap } from './map.ts';
import { loadWorld, saveWorld, type SavedWorld } from './saved-world.ts';

export const DATABASE = 'spellkave';

export type RaisedWorld = SavedWorld & { archivist: Account };

/**
 * Starts the saved world on a host, or founds a new one. Each step is saved when it is done, so an interrupted start
 * continues where it stopped.
 * @throws Error with the fix, when this module cannot take the saved world over
 */
export async function raiseWorld(host: Host, module: Module, folder: string): Promise<RaisedWorld> {
  const { api } = host;
  const world = loadWorld(folder) ?? {
    owner: await api.createAccount(),
    thinker: await api.createAccount(),
    module: '',
    founded: false,
  };
  const archivist = (world.archivist ??= await api.createAccount());
  saveWorld(folder, world);
  if (world.module !== module.sha256) {
    await publish(host, module, world);
    world.module = module.sha256;
    saveWorld(folder, world);
  }
  const call = (reducer: string, ...args: unknown[]) => api.call(DATABASE, reducer, args, world.owner);
  await call('grant_role', identityArgument(world.thinker), { Thinker: [] });
  await call('grant_role', identityArgument(archivist), { Archivist: [] });
  if (!world.founded && (await api.sql(DATABASE, 'SELECT * FROM world', world.owner)).length === 0) {
    await call('found_world', readMap());
  }
  world.founded = true;
  saveWorld(folder, world);
  await call('resume_clock');
  return { ...world, archivist };
}

async function publish(host: Host, module: Module, world: SavedWorld): Promise<void> {
  try {
    await host.api.publish(DATABASE, module.wasm, world.owner);
  } catch (error) {
    if (!world.module) throw error;
    const reason = (error as Error).message.split('\n')[0];
    throw new Error(
      `The saved world cannot be taken over by this module (${reason}): \`npm start -- --new-world\` moves it aside and founds another.`,
      { cause: error },
    );
  }
}
