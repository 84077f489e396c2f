import { parseArgs } from 'node:util';
import { REGION_OPTION, regionsOf, type RegionAddress } from '../client/region-address.ts';
import { serviceTokens } from '../client/service-tokens.ts';
import type { TokenStore } from '../client/token-store.ts';

export const HELP = `Moves old events of a world into an archive, then lets the world delete them.

  npm run archive -- [options]

  --url URL          the host                                        (http://127.0.0.1:3000)
  --database NAME    the world                                       (spellkave)
  --region ADDRESS   instead of both, for each region of a world that has several: its host and database,
                     such as http://127.0.0.1:3000/north
  --file FILE        the archive                                     (.spellkave/world/archive.sqlite)
  --token-file FILE  this archivist's identity; a missing file is created
  --help             show this text

Without --token-file, SPELLKAVE_TOKEN is the archivist's identity. The world's owner grants it the role Archivist, in
each region. All regions go into one file, and each event says which one it is from.
\`npm start\` already runs an archivist.`;

export interface Options {
  /** At least one. */
  regions: (RegionAddress & { tokens: TokenStore })[];
  file: string;
}

/**
 * Reads the command line and the environment.
 * @returns undefined when help was asked for
 * @throws Error that names the option or variable, its rule and the fix
 */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options | undefined {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      database: { type: 'string', default: 'spellkave' },
      region: REGION_OPTION,
      file: { type: 'string', default: '.spellkave/world/archive.sqlite' },
      'token-file': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const { url, database, file } = values;
  const tokens = (region: RegionAddress) =>
    serviceTokens({ ...region, file: values['token-file'], token: env['SPELLKAVE_TOKEN'], role: 'Archivist' });
  const regions = regionsOf(values.region, { url, database });
  return { regions: regions.map((region) => ({ ...region, tokens: tokens(region) })), file };
}
