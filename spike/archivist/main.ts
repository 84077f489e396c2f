import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { backOff } from '../client/back-off.ts';
import { onClosedOutput } from '../client/closed-output.ts';
import { plainLines, plainText } from '../client/plain-text.ts';
import { NEEDS_A_PERSON } from '../exit-code.ts';
import { Archive } from './archive.ts';
import { Archivist } from './archivist.ts';
import { HELP, readOptions, type Options } from './options.ts';
import { isLasting, isPassing } from './trouble.ts';

const log = (line: string) => console.log(`${new Date().toISOString()} ${plainText(line)}`);

async function run({ regions, file }: Options): Promise<void> {
  const open: { archive?: Archive; archivists: Set<Archivist> } = { archivists: new Set() };
  const end = (code: number) => {
    for (const archivist of open.archivists) archivist.stop();
    open.archive?.close();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end(0));
  onClosedOutput(() => end(0), { goesOnWithoutLog: true });

  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const archive = (open.archive = await openWhenPossible(file));
  for (const region of regions) {
    const archivist: Archivist = new Archivist({
      ...region,
      archive,
      log: (line) => log(regions.length > 1 ? `${region.database}: ${line}` : line),
      onFault(error) {
        console.error(plainLines(error.message));
        // The other regions go on: their events would pile up for the fault of this one.
        open.archivists.delete(archivist);
        if (open.archivists.size === 0) end(NEEDS_A_PERSON);
      },
    });
    open.archivists.add(archivist);
  }
}

/** Waits while another program has the file, or the disk is full. */
async function openWhenPossible(file: string): Promise<Archive> {
  for (let attempt = 1; ; attempt++) {
    try {
      return new Archive(file);
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (attempt === 1) log(`${(error as Error).message} Trying again until I can.`);
      await sleep(backOff(attempt));
    }
  }
}

function fail(error: unknown): never {
  console.error(plainLines(error instanceof Error ? error.message : String(error)));
  process.exit(isLasting(error) ? NEEDS_A_PERSON : 2);
}

let options: Options | undefined;
try {
  options = readOptions(process.argv.slice(2), process.env);
} catch (error) {
  fail(error);
}
if (options) run(options).catch(fail);
else console.log(HELP);
