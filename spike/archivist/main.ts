import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Archive } from './archive.ts';
import { Archivist } from './archivist.ts';
import { HELP, readOptions, type Options } from './options.ts';

function run({ url, database, tokens, file }: Options): void {
  mkdirSync(dirname(file), { recursive: true });
  const archive = new Archive(file);
  const archivist = new Archivist({
    url,
    database,
    tokens,
    archive,
    log: (line) => console.log(`${new Date().toISOString()} ${line}`),
    onFault(error) {
      console.error(error.message);
      end(1);
    },
  });
  const end = (code: number) => {
    archivist.stop();
    archive.close();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(0));
}

try {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options) run(options);
  else console.log(HELP);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
