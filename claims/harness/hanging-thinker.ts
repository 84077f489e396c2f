/** A thinker whose mind never answers: `node hanging-thinker.ts URL DATABASE`, with its token in SPELLKAVE_TOKEN. */
import { memoryTokens } from '../../spike/client/token-store.ts';
import { startThinker } from '../../spike/thinker/thinker.ts';

const [url = '', database = ''] = process.argv.slice(2);

startThinker({
  url,
  database,
  tokens: memoryTokens(process.env['SPELLKAVE_TOKEN']),
  mind: { name: 'nothing', think: () => new Promise(() => {}) },
  // No thought ever ends, so there must be room for every round's.
  concurrency: 1_000_000,
  timeoutMs: 3_600_000,
  log: () => {},
});
