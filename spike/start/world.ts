import { identityArgument, type Account } from '../host/api.ts';
import type { Host } from '../host/host.ts';
import type { Module } from '../host/module.ts';
import { UNDIVIDED, type Region } from './region.ts';
import { loadWorld, saveWorld, type SavedWorld } from './saved-world.ts';

export type RaisedWorld = SavedWorld & { archivist: Account };

export interface WorldOptions {
  host: Host;
  module: Module;
  /** Of the region. */
  folder: string;
  region: Region;
  /** All regions of the world. */
  regions: Region[];
  /** The world in the folder of the first region, once it is raised: its accounts serve every region. */
  first: RaisedWorld | undefined;
}

/**
 * Starts the saved world on a host, or founds a new one. Each step is saved when it is done, so an interrupted start
 * continues where it stopped.
 * @throws Error with the fix, when this module cannot take the saved world over
 */
export async function raiseWorld(host: Host, module: Module, folder: string): Promise<RaisedWorld> {
  const world = await prepareWorld({ host, module, folder, region: UNDIVIDED, regions: [UNDIVIDED], first: undefined });
  await host.api.call(UNDIVIDED.database, 'resume_clock', [], world.owner);
  return world;
}

/** Does all of `raiseWorld` for one region, but does not resume the clock of a saved one. */
export async function prepareWorld(options: WorldOptions): Promise<RaisedWorld> {
  const { host, module, folder, region, first } = options;
  const { api } = host;
  const world = loadWorld(folder) ?? (await newWorld(options));
  const archivist = (world.archivist ??= first?.archivist ?? (await api.createAccount()));
  if (region.name) world.relay ??= first?.relay ?? (await api.createAccount());
  saveWorld(folder, world);
  const call = (reducer: string, ...args: unknown[]) => api.call(region.database, reducer, args, world.owner);
  // Nobody may set out before the regions have compared how far their journeys count.
  if (region.name && world.founded) await call('pause_clock_for', 'it is starting');
  if (world.module !== module.sha256) {
    await publish(options, world);
    world.module = module.sha256;
    saveWorld(folder, world);
  }
  await call('grant_role', identityArgument(world.thinker), { Thinker: [] });
  await call('grant_role', identityArgument(archivist), { Archivist: [] });
  if (world.relay) await call('grant_role', identityArgument(world.relay), { Relay: [] });
  if (!world.founded && (await api.sql(region.database, 'SELECT * FROM world', world.owner)).length === 0) {
    if (region.name) await call('set_region', region.number, region.name);
    await call('found_world', region.map);
  }
  world.founded = true;
  saveWorld(folder, world);
  return { ...world, archivist };
}

async function newWorld({ host: { api }, region, regions, first }: WorldOptions): Promise<SavedWorld> {
  return {
    owner: first?.owner ?? (await api.createAccount()),
    thinker: first?.thinker ?? (await api.createAccount()),
    module: '',
    founded: false,
    ...(regions.length > 1 &&
      region.number === 0 && { regions: regions.map(({ name }) => ({ name, founded: false })) }),
    ...(region.number > 0 && { region: region.name }),
  };
}

async function publish({ host, module, region: { name, database } }: WorldOptions, world: SavedWorld): Promise<void> {
  try {
    await host.api.publish(database, module.wasm, world.owner);
  } catch (error) {
    if (!world.module) throw error;
    const reason = (error as Error).message.split('\n')[0];
    const what = name ? `saved region ${name}` : 'saved world';
    throw new Error(
      `The ${what} cannot be taken over by this module (${reason}): \`npm start -- --new-world\` moves it aside and founds another.`,
      { cause: error },
    );
  }
}
