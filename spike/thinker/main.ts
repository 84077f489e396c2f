import { styleText } from 'node:util';
import { memoryTokens } from '../client/token-store.ts';
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
const thinker = startThinker({
  ...options,
  tokens: memoryTokens(options.token),
  log(line) {
    const time = styleText('dim', new Date().toISOString());
    console.log(`${time} ${/ failed: |lost/.test(line) ? styleText('yellow', line) : line}`);
  },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void thinker.stop().then(() => process.exit(0)));
}
