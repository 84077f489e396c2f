import { dirname } from 'node:path';
import type { Options } from './options.ts';
import { row } from './output.ts';
import { of } from './region.ts';
import { relayOf, servicesOf, startService, type Service } from './services.ts';
import type { Shutdown } from './shutdown.ts';
import { nameIn, type Keep, type StartedRegion } from './start-regions.ts';
import { Thinkers } from './thinkers.ts';

/** Starts the archivist of a region and its thinkers: an agent is thought for where it lives. */
export function startServices(
  { region, folder, shown, host, world }: StartedRegion,
  { mind }: Options,
  mindName: string,
  keep: Keep,
  shutdown: Shutdown,
): Thinkers {
  const { database } = region;
  const where = ['--url', host.url, '--database', database];
  const keepService = (service: Service) => {
    const start = () => startService(service, folder, where);
    return keep(nameIn(region, service.name), `${shown}/${service.name}.log`, start(), start);
  };
  // All regions share one archive, in the folder of the first: it is the past of one world.
  const past = region.number === 0 ? { folder, shown } : { folder: dirname(folder), shown: dirname(shown) };
  const services = servicesOf(world, past, shown, mind, mindName);
  for (const service of services) if (service.name !== 'thinker') keepService(service);
  const service = services.find(({ name }) => name === 'thinker');
  const thinkers = new Thinkers({ api: host.api, database, owner: world.owner, folder, service, keep: keepService });
  shutdown.add(() => thinkers.stop());
  for (const { name, shows } of services) row(name, of(region, shows));
  if (!service) row('thinker', of(region, 'none: requests wait until you start one with `npm run think`'));
  return thinkers;
}

/** Starts the relay of a world of several regions. */
export function startRelay(started: StartedRegion[], keep: Keep): void {
  const [first] = started;
  if (!first?.world.relay || started.length === 1) return;
  const { folder, shown } = first;
  const names = started.map(({ region }) => region.name);
  const service = relayOf(first.world.relay.token, names, shown);
  const where = regionOptions(started);
  const start = () => startService(service, folder, where);
  keep('The relay', `${shown}/relay.log`, start(), start);
  row('relay', service.shows);
}

/** The addresses of the regions, as the relay and the text client take them. */
export function regionOptions(started: StartedRegion[]): string[] {
  return addressesOf(started).flatMap((address) => ['--region', address]);
}

/** Host and database of each region, such as `http://127.0.0.1:3000/spellkave`. */
export function addressesOf(started: StartedRegion[]): string[] {
  return started.map(({ host, region }) => `${host.url}/${region.database}`);
}
