import { parseArgs } from 'node:util';

export const HELP = `Starts a living world on a real SpacetimeDB host, with its thinker and its site.

  npm start -- [options]

  --port N         the host's port on 127.0.0.1     (3000)
  --site-port N    the site's port on 127.0.0.1     (4321, or a free one)
  --no-site        only the world
  --world FOLDER   where the world is saved         (.spellkave/world)
  --new-world      move the saved world aside and found another
  --help           this text

A saved world goes on where it stopped.
SPELLKAVE_HOST names a standalone binary to use in place of the cached build.
SPELLKAVE_CACHE names the folder for what is built once for this machine.`;

export interface Options {
  port: number;
  sitePort: number | undefined;
  site: boolean;
  world: string;
  newWorld: boolean;
  help: boolean;
}

/** @throws Error that names the option and what it takes */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    allowNegative: true,
    options: {
      port: { type: 'string', default: '3000' },
      'site-port': { type: 'string' },
      site: { type: 'boolean', default: true },
      world: { type: 'string', default: '.spellkave/world' },
      'new-world': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return {
    port: portOf('port', values.port),
    sitePort: values['site-port'] === undefined ? undefined : portOf('site-port', values['site-port']),
    site: values.site,
    world: values.world,
    newWorld: values['new-world'],
    help: values.help,
  };
}

function portOf(name: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new Error(`--${name} takes a port from 1 to 65535, not "${text}".`);
}
