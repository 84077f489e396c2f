import { parseArgs } from 'node:util';
import { REGION_OPTION, regionsOf, type RegionAddress } from '../client/region-address.ts';

export const HELP = `Enters a world as a player.

  npm run play -- [options]

  --name NAME        your name; without it the client asks
  --url URL          the host                        (http://127.0.0.1:3000)
  --database NAME    the world                       (spellkave)
  --region ADDRESS   instead of both, for each region of a world that has several: its host and database,
                     such as http://127.0.0.1:3000/north; newcomers begin in the first
  --token-file FILE  keeps your identity             (.spellkave/players/NAME.json)
  --wait SECONDS     from a pipe: how long to wait for answers after the last command  (10)
  --help             show this text

Type commands, or pipe them, one per line; \`help\` lists them. NO_COLOR is respected.`;

export interface Options {
  name: string | undefined;
  /** At least one. */
  regions: RegionAddress[];
  tokenFile: string | undefined;
  waitMs: number;
  help: boolean;
}

/** @throws Error that names the option, its value and what it takes */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      name: { type: 'string' },
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      database: { type: 'string', default: 'spellkave' },
      region: REGION_OPTION,
      'token-file': { type: 'string' },
      wait: { type: 'string', default: '10' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (!/^https?:$/.test(URL.parse(values.url)?.protocol ?? ''))
    throw new Error(`--url ${values.url} is not the address of a host: use one like http://127.0.0.1:3000.`);
  if (!/^\d{1,4}$/.test(values.wait))
    throw new Error(`--wait ${values.wait} is not a number of seconds: use 0 to 9999.`);
  return {
    name: values.name,
    regions: regionsOf(values.region, { url: values.url, database: values.database }),
    tokenFile: values['token-file'],
    waitMs: Number(values.wait) * 1_000,
    help: values.help,
  };
}
