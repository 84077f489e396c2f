import type { Binary } from '../host/binary.ts';
import type { Host } from '../host/host.ts';
import type { Module } from '../host/module.ts';
import { freePort } from '../host/port.ts';
import { privateFolder } from '../private.ts';
import { checkDisk } from './disk.ts';
import { watchDisk } from './disk-watch.ts';
import { raiseEpochs } from './epochs.ts';
import type { Keeper, KeeperOptions, Running } from './keeper.ts';
import type { Options } from './options.ts';
import { note, row } from './output.ts';
import { of, type Region } from './region.ts';
import { shareKeys } from './region-keys.ts';
import { resumeHost } from './resume-host.ts';
import { folderOf, noteFounded } from './saved-regions.ts';
import type { Shutdown } from './shutdown.ts';
import { prepareWorld, type RaisedWorld } from './world.ts';

/** Starts a program again whenever it ends, until the shutdown. */
export type Keep = (name: string, log: string, first: Running, start: KeeperOptions['start']) => Keeper;

/** A region whose host is kept running. */
export interface StartedRegion {
  region: Region;
  folder: string;
  /** The folder as the user named it. */
  shown: string;
  host: Host;
  keptHost: Keeper;
  world: RaisedWorld;
}

export interface StartOptions {
  binary: Binary;
  module: Module;
  /** Of the world. */
  folder: string;
  regions: Region[];
  options: Options;
  keep: Keep;
  shutdown: Shutdown;
}

/** Starts a host for each region, founds what is new, and lets the clocks go on once the regions agree about the past. */
export async function startRegions(start: StartOptions): Promise<StartedRegion[]> {
  const { folder, options, regions, shutdown } = start;
  const started: StartedRegion[] = [];
  for (const region of regions) {
    started.push(await startRegion(start, region, started));
    noteFounded(folder, region);
  }
  if (started.length > 1)
    await raiseEpochs(
      started.map(({ region, host: { api }, world: { owner } }) => ({ region, api, owner })),
      note,
    );
  for (const { region, folder, shown, host, world } of started) {
    const { api } = host;
    const { owner } = world;
    await api.call(region.database, 'resume_clock', [], owner);
    const say = (line: string) => note(of(region, line));
    shutdown.add(watchDisk({ ...{ api, database: region.database, owner, folder, say }, keepFree: options.keepFree }));
    row('host', of(region, `${host.version}  127.0.0.1:${host.port}  data ${shown}`));
  }
  return started;
}

async function startRegion(start: StartOptions, region: Region, before: StartedRegion[]): Promise<StartedRegion> {
  const { binary, module, regions, options, keep, shutdown } = start;
  const folder = folderOf(start.folder, region);
  const shown = folderOf(options.world, region);
  privateFolder(folder);
  await checkDisk(folder, options.keepFree);
  const [first, last] = [before[0], before.at(-1)];
  if (first) shareKeys(first.folder, folder);
  const port = last ? await nextFreePort(last.host.port + 1) : options.port;
  const say = (line: string) => note(of(region, line));
  const host = await resumeHost({ binary, folder, port }, say);
  const { database } = region;
  const keptHost = keep(nameIn(region, 'host'), `${shown}/host.log`, host, (signal) =>
    resumeHost({ binary, folder, port: host.port, databases: [database], signal }, say),
  );
  const world = await prepareWorld({ host, module, folder, region, regions, first: first?.world });
  shutdown.add(async () => {
    if (keptHost.isUp) await host.api.call(database, 'pause_clock', [], world.owner);
  });
  return { region, folder, shown, host, keptHost, world };
}

/** What a keeper calls a program of a region. */
export function nameIn({ name }: Region, program: string): string {
  return name ? `The ${program} of ${name}` : `The ${program}`;
}

async function nextFreePort(from: number): Promise<number> {
  for (let port = from; port <= 65_535; port++) {
    const free = await freePort(port).catch(() => undefined);
    if (free) return free;
  }
  throw new Error(`No port of 127.0.0.1 from ${from} on is free for the next region: choose a lower --port.`);
}
