import { parseArgs } from 'node:util';

export const HELP = `Loads a world that left SpacetimeDB into the database of a game server, which then goes on with it.

  node spike/rival/exit/main.ts --database URL [options] FILE

FILE is what \`npm run export\` wrote. All of it is loaded in one transaction, or nothing.

  --database URL   an empty database of PostgreSQL, e.g. postgres://user@127.0.0.1:5432/world
  --store NAME     rows, log or write-behind; the server must be started with the same   (log)
  --map-out FILE   where the map is written that the server needs   (FILE with the ending .map.json)
  --paused         load it with its clock paused, to look at it before its owner calls resume_clock
  --help           show this text`;

const STORES = ['rows', 'log', 'write-behind'] as const;

export interface Options {
  file: string;
  database: string;
  store: (typeof STORES)[number];
  mapFile: string;
  paused: boolean;
}

/**
 * @returns undefined when help was asked for
 * @throws Error that names the option, its value and what it takes
 */
export function readOptions(args: string[]): Options | undefined {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      database: { type: 'string', default: '' },
      store: { type: 'string', default: 'log' },
      'map-out': { type: 'string' },
      paused: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0)
    throw new Error(`${positionals.length} files are named: name the one that \`npm run export\` wrote.`);
  const store = STORES.find((each) => each === values.store);
  if (!store) throw new Error(`--store ${values.store} is unknown: use ${STORES.join(', ')}.`);
  if (!/^postgres(ql)?:$/.test(URL.parse(values.database)?.protocol ?? ''))
    throw new Error(
      `--database ${values.database || 'is missing, and'} is not the address of a database: use one like postgres://user@127.0.0.1:5432/world.`,
    );
  return {
    file,
    database: values.database,
    store,
    mapFile: values['map-out'] ?? `${file}.map.json`,
    paused: values.paused,
  };
}
