import { parseArgs } from 'node:util';

export const HELP = `Walks into a world.

  npm run play -- [options]

  --name NAME        who you are; asked for where it is left out
  --url URL          the host                        (http://127.0.0.1:3000)
  --database NAME    the world                       (spellkave)
  --token-file FILE  what proves that it is you      (.spellkave/players/NAME.json)
  --wait SECONDS     piped: how long to wait for answers at the end of the input  (10)
  --help             this text

Commands come from the keyboard, or one a line from a pipe; \`help\` lists them. NO_COLOR is respected.`;

export interface Options {
  name: string | undefined;
  url: string;
  database: string;
  tokenFile: string | undefined;
  waitMs: number;
  help: boolean;
}

/** @throws Error that names the option and what it takes */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      name: { type: 'string' },
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      database: { type: 'string', default: 'spellkave' },
      'token-file': { type: 'string' },
      wait: { type: 'string', default: '10' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (!/^https?:$/.test(URL.parse(values.url)?.protocol ?? ''))
    throw new Error(`--url takes an address like http://127.0.0.1:3000, not "${values.url}".`);
  if (!/^\d{1,4}$/.test(values.wait)) throw new Error(`--wait takes seconds, not "${values.wait}".`);
  return {
    name: values.name,
    url: values.url,
    database: values.database,
    tokenFile: values['token-file'],
    waitMs: Number(values.wait) * 1_000,
    help: values.help,
  };
}
