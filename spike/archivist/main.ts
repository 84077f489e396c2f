import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { memoryTokens } from '../client/token-store.ts';
import { Archive } from './archive.ts';
import { Archivist } from './archivist.ts';

const HELP = `Moves old events of a world into an archive, and lets the world delete what the archive has.

  npm run archive -- [options]

  --url URL          the host            (http://127.0.0.1:3000)
  --database NAME    the world           (spellkave)
  --file FILE        the archive         (.spellkave/world/archive.sqlite)
  --help             this text

The environment variable SPELLKAVE_TOKEN proves who this archivist is; the world's owner grants it the role.
\`npm start\` runs one already.`;

try {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      database: { type: 'string', default: 'spellkave' },
      file: { type: 'string', default: '.spellkave/world/archive.sqlite' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  const token = process.env['SPELLKAVE_TOKEN'];
  if (!token)
    throw new Error('SPELLKAVE_TOKEN is not set: an archivist needs the token of an identity with the role Archivist.');
  mkdirSync(dirname(values.file), { recursive: true });
  const archive = new Archive(values.file);
  const log = (line: string) => console.log(`${new Date().toISOString()} ${line}`);
  const end = (code: number) => {
    archivist.stop();
    archive.close();
    process.exit(code);
  };
  const archivist = new Archivist({
    url: values.url,
    database: values.database,
    tokens: memoryTokens(token),
    archive,
    log,
    onFault(error) {
      console.error(error.message);
      end(1);
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(0));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
