import { parseArgs } from 'node:util';
import { serviceTokens } from '../client/service-tokens.ts';
import type { TokenStore } from '../client/token-store.ts';

export const HELP = `Moves old events of a world into an archive, then lets the world delete them.

  npm run archive -- [options]

  --url URL          the host                                        (http://127.0.0.1:3000)
  --database NAME    the world                                       (spellkave)
  --file FILE        the archive                                     (.spellkave/world/archive.sqlite)
  --token-file FILE  this archivist's identity; a missing file is created
  --help             show this text

Without --token-file, SPELLKAVE_TOKEN is the archivist's identity. The world's owner grants it the role Archivist.
\`npm start\` already runs an archivist.`;

export interface Options {
  url: string;
  database: string;
  tokens: TokenStore;
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
      file: { type: 'string', default: '.spellkave/world/archive.sqlite' },
      'token-file': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const { url, database, file } = values;
  const tokens = serviceTokens({
    url,
    database,
    file: values['token-file'],
    token: env['SPELLKAVE_TOKEN'],
    role: 'Archivist',
  });
  return { url, database, file, tokens };
}
