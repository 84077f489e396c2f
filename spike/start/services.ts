import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scriptArgs } from '../host/script.ts';
import { supervise, type Supervised } from '../host/supervised.ts';
import type { MindOption } from './options.ts';
import type { RaisedWorld } from './world.ts';

/** A client of the world that runs as its own process, next to the host. */
export interface Service {
  name: string;
  entry: string;
  token: string;
  args: string[];
  /** What `npm start` shows of it. */
  shows: string;
}

/**
 * @param past where the archive lies, and as the user named it
 * @param shown the region's folder as the user named it
 * @param mind with which the thinker starts; there is no thinker for `none`
 * @param mindName the thinker's own name for it
 */
export function servicesOf(
  world: RaisedWorld,
  past: { folder: string; shown: string },
  shown: string,
  mind: MindOption,
  mindName: string,
): Service[] {
  const services = [
    {
      name: 'archivist',
      entry: entryOf('archivist'),
      token: world.archivist.token,
      args: ['--file', join(past.folder, 'archive.sqlite')],
      shows: `SQLite  ${past.shown}/archive.sqlite`,
    },
    {
      name: 'thinker',
      entry: entryOf('thinker'),
      token: world.thinker.token,
      args: [`--mind=${mind.name}`, ...mind.args],
      shows: `${mindName}  log ${shown}/thinker.log`,
    },
  ];
  return services.filter(({ name }) => name !== 'thinker' || mind.name !== 'none');
}

/** Carries travellers between the regions. @param shown the world's folder as the user named it */
export function relayOf(token: string, names: string[], shown: string): Service {
  const between = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return {
    name: 'relay',
    entry: entryOf('relay'),
    token,
    args: [],
    shows: `between ${between}  log ${shown}/relay.log`,
  };
}

/** @param where options that name the host and the database */
export function startService({ name, entry, token, args }: Service, folder: string, where: string[]): Supervised {
  // The token goes into the environment, because every user of the machine can read a command line.
  process.env['SPELLKAVE_TOKEN'] = token;
  const running = supervise(process.execPath, scriptArgs(entry, ...where, ...args), join(folder, `${name}.log`));
  delete process.env['SPELLKAVE_TOKEN'];
  return running;
}

function entryOf(client: string): string {
  return fileURLToPath(new URL(`../${client}/main.ts`, import.meta.url));
}
