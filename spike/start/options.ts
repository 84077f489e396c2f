import { parseArgs } from 'node:util';

export const HELP = `Starts a world on a SpacetimeDB host, with its archivist, its thinker and its site.

  npm start -- [options]

  --port N         the host's port on 127.0.0.1     (3000)
  --site-port N    the site's port on 127.0.0.1     (4321, or a free one)
  --no-site        do not build and serve the site
  --world FOLDER   where the world is saved         (.spellkave/world)
  --new-world      move the saved world aside and found a new one
  --help           show this text

A saved world continues where it stopped.
SPELLKAVE_HOST names a standalone binary to use instead of the cached build.
SPELLKAVE_CACHE names the folder for builds that all checkouts on this machine share.`;

export interface Options {
  port: number;
  sitePort: number | undefined;
  site: boolean;
  world: string;
  newWorld: boolean;
  help: boolean;
}

/** @throws Error that names the option, its value and what it takes */
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
  throw new Error(`--${name} ${text} is not a port: use 1 to 65535.`);
}
