import { parseArgs } from 'node:util';
import { memoryTokens } from '../client/token-store.ts';
import { rules } from './rules.ts';
import { startThinker } from './thinker.ts';

const HELP = `Thinks for the agents of a world: claims think requests, asks a mind, submits its answers.

  --url URL            the host                     (http://127.0.0.1:3000)
  --database NAME      the world                    (spellkave)
  --concurrency N      thoughts at once             (8)
  --timeout-ms N       give a thought up after      (20000; the world's lease is 30000)

The environment variable SPELLKAVE_TOKEN proves who this thinker is; the world's owner grants it the role.`;

try {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      database: { type: 'string', default: 'spellkave' },
      concurrency: { type: 'string', default: '8' },
      'timeout-ms': { type: 'string', default: '20000' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  const token = process.env['SPELLKAVE_TOKEN'];
  if (!token)
    throw new Error('SPELLKAVE_TOKEN is not set: a thinker needs the token of an identity with the role Thinker.');
  const thinker = startThinker({
    url: values.url,
    database: values.database,
    tokens: memoryTokens(token),
    mind: rules,
    concurrency: count('concurrency', values.concurrency),
    timeoutMs: count('timeout-ms', values['timeout-ms']),
    log: (line) => console.log(`${new Date().toISOString()} ${line}`),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void thinker.stop().then(() => process.exit(0)));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}

function count(name: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`--${name} takes a whole number from 1, not "${text}".`);
  return Number(text);
}
