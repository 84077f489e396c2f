/** Loads an exported world: `node spike/rival/exit/main.ts`, with the options that `--help` prints. */
import { readExport } from '../../export/file/reader.ts';
import { openStore } from '../server/open-store.ts';
import { readOptions as readServerOptions } from '../server/options.ts';
import type { Delta } from '../world/delta.ts';
import { load, NotKept } from './load.ts';
import { HELP, readOptions, type Options } from './options.ts';

const GOLD = 0;

async function run({ file, database, store: name, mapFile, paused }: Options): Promise<void> {
  // The file comes first: a damaged one must not touch the database.
  const exported = await readExport(file);
  const address = ['--store', name, '--database', database];
  const store = await openStore(readServerOptions(address));
  try {
    report(await load(exported, store, { mapFile, paused }));
  } finally {
    await store.close();
  }
  console.log(`Go on with it: node spike/rival/server/main.ts --store ${name} --map ${mapFile} --database …`);
}

function report({ newcomers, holdings, requests, players, tick }: Delta): void {
  const gold = holdings.reduce((sum, { good, quantity }) => (good === GOLD ? sum + quantity : sum), 0);
  const open = requests.filter(({ state }) => state === 'Pending').length;
  const number = (value: number) => value.toLocaleString('en');
  console.log(
    `Loaded and read back: ${number(newcomers.length)} agents, ${number(players.length)} players, ${number(gold)} gold, ${number(open)} open think requests, at tick ${number(tick)}.`,
  );
}

let options: Options | undefined;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exit(2);
}
if (options)
  await run(options).catch((error: unknown) => {
    console.error(error instanceof NotKept ? error.message : `Nothing was loaded: ${reasonOf(error)}`);
    process.exit(1);
  });
else console.log(HELP);

/** A refused connection to a name with several addresses has a code and no message. */
function reasonOf(error: unknown): string {
  const { message, code } = error as Error & { code?: string };
  return message || (code ?? String(error));
}
