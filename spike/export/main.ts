import { Console } from 'node:console';
import { resolve } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { onClosedOutput } from '../client/closed-output.ts';
import { Api, Refused, type Account } from '../host/api.ts';
import { clearStatus, fail, isTerminal, line, showStatus } from '../start/output.ts';
import { loadWorld } from '../start/saved-world.ts';
import { until } from '../until.ts';
import { exportWorld, type Exported } from './export.ts';
import { HELP, readOptions, type Options } from './options.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const STATUS_EVERY_MS = 200;
const ANSWERS_WITHIN_MS = 5_000;

class Interrupted extends Error {
  /** As a shell reports a program that a signal ended. */
  readonly code: number;

  constructor(code: number) {
    super('The export was interrupted. There is no file, and the world is as it was.');
    this.code = code;
  }
}

async function run(options: Options): Promise<void> {
  const interruption = new AbortController();
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  for (const [signal, code] of Object.entries(codes))
    process.on(signal, () => interruption.abort(new Interrupted(code)));
  onClosedOutput(() => interruption.abort(new Interrupted(codes.SIGHUP)));
  const owner = ownerOf(options.world);
  const { database, file, staysPaused } = options;
  const api = new Api(options.url.replace(/\/+$/, ''));
  if (!(await until(() => api.answers(), ANSWERS_WITHIN_MS)))
    throw new Error(
      `${options.url} does not answer: start the world with \`npm start\`, or name its address with --url.`,
    );
  if (file === undefined) {
    await api.call(database, 'resume_clock', [], owner);
    return line('The world goes on.');
  }
  const { signal } = interruption;
  const exported = await exportWorld({ api, database, owner, file, staysPaused, signal, onProgress: progress() });
  clearStatus();
  report(options, exported);
}

/** Only a terminal sees the progress: a log would get a line for each step. */
function progress(): (step: 'read' | 'write', done: number, all: number) => void {
  let last = 0;
  return (step, done, all) => {
    if (!isTerminal || performance.now() - last < STATUS_EVERY_MS) return;
    last = performance.now();
    showStatus(step === 'read' ? 'reading the world …' : `writing: ${number(done)} of ${number(all)} rows`);
  };
}

function report({ file, database, staysPaused }: Options, exported: Exported): void {
  const { agents, gold, open, rows, bytes, heldMs, wasPaused } = exported;
  line(`Exported ${database} to ${file}: ${number(rows)} rows, ${number(Math.ceil(bytes / 1_000))} kB.`);
  line(`It holds ${number(agents)} agents, ${number(gold)} gold and ${number(open)} open think requests.`);
  const seconds = `The world stood still for ${(heldMs / 1_000).toFixed(1)} s`;
  if (staysPaused)
    line('The world stands still, and its players read why. `npm run export -- --resume` lets it go on.');
  else if (wasPaused) line(`${seconds}, and is paused as it was before.`);
  else line(`${seconds}, and goes on.`);
}

const number = (value: number) => value.toLocaleString('en');

/** Only the token counts for the host; the identity is part of it. */
function ownerOf(world: string): Account {
  const token = process.env['SPELLKAVE_TOKEN'];
  if (token) return { identity: '', token };
  const saved = loadWorld(resolve(ROOT, world));
  if (saved) return saved.owner;
  throw new Error(
    `There is no world in ${world}: name its folder with --world, or give the owner's token in SPELLKAVE_TOKEN.`,
  );
}

/** The host answers 401 to a token that it did not sign, and 404 to a database that it does not have. */
function explain(error: unknown, { world, url, database }: Options): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof Refused) return new Error(`The world refused it: ${error.message}`);
  if (/: 401 /.test(error.message))
    return new Error(`${url} rejects the owner's token: the world in ${world} runs elsewhere, so name its --url.`);
  if (/: 404 /.test(error.message))
    return new Error(`${url} has no database ${database}: name the world's with --database.`);
  return error;
}

let options: Options | undefined;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  fail(error);
  process.exit(2);
}
if (options) {
  const asked = options;
  // The SDK prints its connections to the console.
  globalThis.console = new Console(new Writable({ write: (_chunk, _encoding, done) => done() }));
  await run(asked).catch((error: unknown) => {
    clearStatus();
    fail(explain(error, asked));
    process.exit(error instanceof Interrupted ? error.code : 1);
  });
} else line(HELP);
