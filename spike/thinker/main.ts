import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { styleText } from 'node:util';
import { onClosedOutput } from '../client/closed-output.ts';
import { plainLines } from '../client/plain-text.ts';
import { HELP, readOptions, type Options } from './options.ts';
import { startThinker } from './thinker.ts';

let options: Options | undefined;
try {
  options = readOptions(process.argv.slice(2), process.env);
} catch (error) {
  console.error(plainLines(error instanceof Error ? error.message : String(error)));
  process.exit(2);
}
if (!options) {
  console.log(HELP);
  process.exit(0);
}
const { mind } = options;
const log = (line: string) => process.stdout.write(`${styleText('dim', new Date().toISOString())} ${line}\n`);
try {
  await mind.prepare?.(log);
} catch (error) {
  console.error(plainLines(error instanceof Error ? error.message : String(error)));
  process.exit(1);
}
// The SDK prints to the console. This log already reports the connection.
globalThis.console = new Console(new Writable({ write: (_chunk, _encoding, done) => done() }));
const thinker = startThinker({
  ...options,
  log(line) {
    const text = /^[^:]*\) failed: |^connection lost|^waiting|^the (mind failed|endpoint cannot)/.test(line)
      ? styleText('yellow', line)
      : line;
    log(text);
  },
});
let ending: Promise<void> | undefined;
// Further signals while stopping change nothing.
const end = () => void (ending ??= stop());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
onClosedOutput(end, { goesOnWithoutLog: true });

async function stop(): Promise<void> {
  await thinker.stop();
  await mind.close?.();
  process.exit(0);
}
