import { parseArgs } from 'node:util';
import { serviceTokens } from '../client/service-tokens.ts';
import type { TokenStore } from '../client/token-store.ts';
import { LEASE_MS } from '../client/world-constants.ts';
import { openAiMind, STRUCTURED, type Structured } from './openai-mind.ts';
import { rules } from './rules.ts';
import type { Mind } from './mind.ts';

export const HELP = `Thinks for the agents of a world: claims think requests, asks a mind, submits its answers.

  npm run think -- [options]

  --url URL                 the host                      (http://127.0.0.1:3000)
  --database NAME           the world                     (spellkave)
  --concurrency N           thoughts at once              (8)
  --timeout-ms N            give a thought up after       (20000; below the world's lease of 30000)
  --mind rules|openai       embedded rules, or a model    (rules)
  --base-url URL            of the model's endpoint       (OPENAI_BASE_URL)
  --model NAME              which one                     (OPENAI_MODEL)
  --structured schema|json|none  how it is held to JSON   (schema)
  --token-file FILE         who this thinker is; made where it is missing
  --help                    this text

SPELLKAVE_TOKEN says who this thinker is where no file does; the world's owner grants that identity the role Thinker.
OPENAI_API_KEY is the endpoint's key, where it wants one. Neither is an option, because a command line is public on its
machine. Each thinker needs an identity of its own. NO_COLOR is respected.`;

export interface Options {
  url: string;
  database: string;
  tokens: TokenStore;
  concurrency: number;
  timeoutMs: number;
  mind: Mind;
}

/**
 * Reads the command line and the environment.
 * @returns nothing where help was asked for
 * @throws Error that names the option or variable and what it takes
 */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options | undefined {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      database: { type: 'string', default: 'spellkave' },
      concurrency: { type: 'string', default: '8' },
      'timeout-ms': { type: 'string', default: '20000' },
      mind: { type: 'string', default: 'rules' },
      'base-url': { type: 'string', default: env['OPENAI_BASE_URL'] ?? '' },
      model: { type: 'string', default: env['OPENAI_MODEL'] ?? '' },
      structured: { type: 'string', default: 'schema' },
      'token-file': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const mind = mindOf(
    values.mind,
    values['base-url'],
    values.model,
    values.structured,
    env['OPENAI_API_KEY'] || 'none',
  );
  if (!/^https?:$/.test(URL.parse(values.url)?.protocol ?? ''))
    throw new Error(`--url names the host, like http://127.0.0.1:3000, not "${values.url}".`);
  const timeoutMs = count('timeout-ms', values['timeout-ms']);
  if (timeoutMs >= LEASE_MS)
    throw new Error(`--timeout-ms must be below the world's lease of ${LEASE_MS}, not ${timeoutMs}.`);
  const tokens = serviceTokens({
    url: values.url,
    database: values.database,
    file: values['token-file'],
    token: env['SPELLKAVE_TOKEN'],
    role: 'Thinker',
  });
  return {
    url: values.url,
    database: values.database,
    tokens,
    concurrency: count('concurrency', values.concurrency),
    timeoutMs,
    mind,
  };
}

function mindOf(name: string, baseUrl: string, model: string, structured: string, apiKey: string): Mind {
  if (name === 'rules') return rules;
  if (name !== 'openai') throw new Error(`--mind takes rules or openai, not "${name}".`);
  const { protocol, username, password } = URL.parse(baseUrl) ?? { protocol: '', username: '', password: '' };
  if (username || password) throw new Error('--base-url holds a user or a password: put the key into OPENAI_API_KEY.');
  if (!/^https?:$/.test(protocol))
    throw new Error(
      `--base-url or OPENAI_BASE_URL names the endpoint, like http://127.0.0.1:11434/v1, not "${baseUrl}".`,
    );
  if (!model) throw new Error('--model or OPENAI_MODEL names the model to ask.');
  if (!isStructured(structured)) throw new Error(`--structured takes ${STRUCTURED.join(', ')}, not "${structured}".`);
  return openAiMind({ baseUrl, model, apiKey, structured });
}

function isStructured(text: string): text is Structured {
  return (STRUCTURED as readonly string[]).includes(text);
}

function count(name: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`--${name} takes a whole number from 1, not "${text}".`);
  return Number(text);
}
