/** A thinker with a mind that answers after so long, or never: `node thinker-process.ts URL DATABASE MS|never CONCURRENCY`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryTokens } from '../../spike/client/token-store.ts';
import type { Mind } from '../../spike/thinker/mind.ts';
import { startThinker } from '../../spike/thinker/thinker.ts';

process.stdin.on('close', () => process.exit()).resume();

const [url = '', database = '', after = '0', concurrency = '1'] = process.argv.slice(2);
const mind: Mind = {
  name: `a mind of ${after} ms`,
  async think({ agent }) {
    if (after === 'never') await new Promise(() => {});
    if (after !== '0') await sleep(Number(after));
    return { tag: 'Say', value: `I am ${agent?.name}.` };
  },
};

startThinker({
  url,
  database,
  tokens: memoryTokens(process.env['SPELLKAVE_TOKEN']),
  mind,
  concurrency: Number(concurrency),
  timeoutMs: 3_600_000,
  log: () => {},
});
