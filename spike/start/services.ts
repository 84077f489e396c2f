import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scriptArgs } from '../host/script.ts';
import { supervise, type Supervised } from '../host/supervised.ts';
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

/** @param shown the world's folder as the user named it */
export function servicesOf(world: RaisedWorld, folder: string, shown: string): Service[] {
  return [
    {
      name: 'archivist',
      entry: entryOf('archivist'),
      token: world.archivist.token,
      args: ['--file', join(folder, 'archive.sqlite')],
      shows: `SQLite  ${shown}/archive.sqlite`,
    },
    {
      name: 'thinker',
      entry: entryOf('thinker'),
      token: world.thinker.token,
      args: [],
      shows: `embedded rules  log ${shown}/thinker.log`,
    },
  ];
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
