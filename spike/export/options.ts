import { parseArgs } from 'node:util';

export const HELP = `Writes a world to a file as it is at one instant, to load it elsewhere.

  npm run export -- [options] FILE
  npm run export -- --resume

The clock is paused and players are held while the rows are read; then the world goes on. FILE holds one JSON value a
line, with private tables and what minds were told, and only you can read it. An existing file is never replaced.

  --stay-paused    leave the world standing afterwards, because it goes on elsewhere
  --resume         let a world go on that an export left standing; writes no file
  --world FOLDER   where the world is saved     (.spellkave/world)
  --url URL        the host                     (http://127.0.0.1:3000)
  --database NAME  the world                    (spellkave)
  --help           show this text

Ctrl-C leaves no file and lets the world go on. SPELLKAVE_TOKEN names an owner's token to use instead of the one in the
folder. The guide "Leave SpacetimeDB" describes the file and how to load it.`;

export interface Options {
  /** Nothing where the world only goes on. */
  file: string | undefined;
  staysPaused: boolean;
  world: string;
  url: string;
  database: string;
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
      'stay-paused': { type: 'boolean', default: false },
      resume: { type: 'boolean', default: false },
      world: { type: 'string', default: '.spellkave/world' },
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      database: { type: 'string', default: 'spellkave' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  if (!/^https?:$/.test(URL.parse(values.url)?.protocol ?? ''))
    throw new Error(`--url ${values.url} is not the address of a host: use one like http://127.0.0.1:3000.`);
  const { world, url, database } = values;
  const [file, ...more] = positionals;
  if (values.resume) {
    if (file !== undefined || values['stay-paused'])
      throw new Error(
        `--resume writes nothing: leave ${values['stay-paused'] ? '--stay-paused' : positionals.join(' ')} out.`,
      );
    return { file: undefined, staysPaused: false, world, url, database };
  }
  if (file === undefined || more.length > 0)
    throw new Error(`${positionals.length} files are named: name one, such as world.ndjson.`);
  return { file, staysPaused: values['stay-paused'], world, url, database };
}
