import { parseArgs } from 'node:util';
import { MEGABYTE } from './disk.ts';

export const HELP = `Starts a world on a SpacetimeDB host, with its archivist, its thinker and its site.

  npm start -- [options]

  --port N         the host's port on 127.0.0.1     (3000)
  --site-port N    the site's port on 127.0.0.1     (4321, or a free one)
  --no-site        do not build and serve the site
  --world FOLDER   where the world is saved         (.spellkave/world)
  --new-world      move the saved world aside and found a new one
  --regions N      divide the map among N regions, each with a host of its own from --port on  (1)
  --mind NAME      who thinks for the agents         (rules)
                     rules   embedded rules, without a model
                     none    nobody: start your own thinkers
                     local   a small model on this machine, downloaded on first use (180 MB), or --model-file FILE
                     openai  a model behind --base-url, or OPENAI_BASE_URL; its key is in OPENAI_API_KEY
  --base-url URL, --model NAME, --structured schema|json|none, --concurrency N, --timeout-ms N
                   for the mind, as \`npm run think -- --help\` describes them
  --keep-free MB   pause the clock while less is free on the world's disk (500); 0 never pauses it
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
  /** How many regions the world has. */
  regions: number;
  mind: MindOption;
  /** In bytes. */
  keepFree: number;
  help: boolean;
}

const THINKER_OPTIONS = ['base-url', 'model', 'structured', 'model-file', 'concurrency', 'timeout-ms'] as const;
type ThinkerOption = (typeof THINKER_OPTIONS)[number];

/** The minds that `npm start` knows, and the thinker's options that each of them takes. `none` starts no thinker. */
const MINDS = {
  rules: ['concurrency', 'timeout-ms'],
  none: [],
  openai: ['base-url', 'model', 'structured', 'concurrency', 'timeout-ms'],
  local: ['model-file', 'concurrency', 'timeout-ms'],
} as const satisfies Record<string, readonly ThinkerOption[]>;

export interface MindOption {
  name: keyof typeof MINDS;
  /** Options for the thinker, which checks their values, e.g. `['--model=small']`. */
  args: string[];
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
      regions: { type: 'string', default: '1' },
      mind: { type: 'string', default: 'rules' },
      'base-url': { type: 'string' },
      model: { type: 'string' },
      structured: { type: 'string' },
      'model-file': { type: 'string' },
      concurrency: { type: 'string' },
      'timeout-ms': { type: 'string' },
      'keep-free': { type: 'string', default: '500' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return {
    port: portOf('port', values.port),
    sitePort: values['site-port'] === undefined ? undefined : portOf('site-port', values['site-port']),
    site: values.site,
    world: values.world,
    newWorld: values['new-world'],
    regions: regionsOf(values.regions),
    mind: mindOf(values),
    keepFree: megabytesOf('keep-free', values['keep-free']),
    help: values.help,
  };
}

function portOf(name: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new Error(`--${name} ${text} is not a port: use 1 to 65535.`);
}

/** The module has numbers for so many. */
const MOST_REGIONS = 255;

function regionsOf(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= MOST_REGIONS) return count;
  throw new Error(`--regions ${text} is not a number of regions: use 1 to ${MOST_REGIONS}.`);
}

function megabytesOf(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text) * MEGABYTE;
  throw new Error(`--${name} ${text} is not a size: use whole megabytes, such as 500.`);
}

function mindOf({ mind, ...values }: { mind: string } & Partial<Record<ThinkerOption, string>>): MindOption {
  if (!isMind(mind)) throw new Error(`--mind ${mind} is unknown: use ${Object.keys(MINDS).join(', ')}.`);
  const takes: readonly ThinkerOption[] = MINDS[mind];
  const args: string[] = [];
  for (const option of THINKER_OPTIONS) {
    const value = values[option];
    if (value === undefined) continue;
    if (!takes.includes(option)) {
      const users = Object.entries(MINDS).filter(([, options]) => (options as readonly string[]).includes(option));
      const fix = users.map(([name]) => `--mind ${name}`).join(' or ');
      throw new Error(`--${option} means nothing to --mind ${mind}: use ${fix}, or leave it out.`);
    }
    args.push(`--${option}=${value}`);
  }
  return { name: mind, args };
}

function isMind(text: string): text is MindOption['name'] {
  return Object.hasOwn(MINDS, text);
}
