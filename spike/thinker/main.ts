import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { styleText } from 'node:util';
import { HELP, readOptions, type Options } from './options.ts';
import { startThinker } from './thinker.ts';

let options: Options | undefined;
try {
  options = readOptions(process.argv.slice(2), process.env);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
if (!options) {
  console.log(HELP);
  process.exit(0);
}
// The SDK prints to the console. This log already reports the connection.
globalThis.console = new Console(new Writable({ write: (_chunk, _encoding, done) => done() }));
const thinker = startThinker({
  ...options,
  log(line) {
    const text = /^[^:]*\) failed: |^connection lost|^waiting/.test(line) ? styleText('yellow', line) : line;
    process.stdout.write(`${styleText('dim', new Date().toISOString())} ${text}\n`);
  },
});
let ending: Promise<void> | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // Ignore further signals while stopping.
  process.on(signal, () => void (ending ??= thinker.stop().then(() => process.exit(0))));
}
