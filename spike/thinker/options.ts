import { parseArgs } from 'node:util';
import { serviceTokens } from '../client/service-tokens.ts';
import type { TokenStore } from '../client/token-store.ts';
import { DEADLINE_MS } from '../client/world-constants.ts';
import { STRUCTURED, type Structured } from './answer-format.ts';
import { liarMind } from './liar.ts';
import { localMind } from './local-mind.ts';
import { openAiMind } from './openai-mind.ts';
import { rules } from './rules.ts';
import type { Mind } from './mind.ts';

export const HELP = `Thinks for the agents of a world: leases think requests, asks a mind, and submits its answers.

  npm run think -- [options]

  --url URL                 the host                      (http://127.0.0.1:3000)
  --database NAME           the world                     (spellkave)
  --concurrency N           thoughts at once              (8; with --mind local 1)
  --timeout-ms N            give up on a thought after    (90000; at most 120000, which is how long a request lives)
  --mind rules|openai|local  embedded rules, a model behind an endpoint, or one on this machine  (rules)
                            liar gives only answers that the world rejects, to watch it do so
  --base-url URL            of the model's endpoint       (OPENAI_BASE_URL)
  --model NAME              the model                     (OPENAI_MODEL)
  --structured schema|json|none  how to ask for JSON      (schema; falls back by itself)
  --model-file FILE         a GGUF file for --mind local  (SmolLM2-135M-Instruct, downloaded on first use)
  --token-file FILE         this thinker's identity; a missing file is created
  --help                    show this text

Without --token-file, SPELLKAVE_TOKEN is the thinker's identity. The world's owner grants it the role Thinker.
OPENAI_API_KEY is the endpoint's key, if it needs one. Neither is an option, because every user of a machine can read
command lines. Each thinker needs its own identity. NO_COLOR is respected.`;

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
 * @returns undefined when help was asked for
 * @throws Error that names the option or variable, its value and what it takes
 */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options | undefined {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      database: { type: 'string', default: 'spellkave' },
      concurrency: { type: 'string' },
      'timeout-ms': { type: 'string', default: '90000' },
      mind: { type: 'string', default: 'rules' },
      'base-url': { type: 'string', default: env['OPENAI_BASE_URL'] ?? '' },
      model: { type: 'string', default: env['OPENAI_MODEL'] ?? '' },
      structured: { type: 'string', default: 'schema' },
      'model-file': { type: 'string' },
      'token-file': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const apiKey = env['OPENAI_API_KEY']?.trim() || 'none';
  const mind =
    values.mind === 'local'
      ? localMind(values['model-file'])
      : mindOf(values.mind, values['base-url'], values.model, values.structured, apiKey);
  if (!/^https?:$/.test(URL.parse(values.url)?.protocol ?? ''))
    throw new Error(`--url ${values.url} is not the address of a host: use one like http://127.0.0.1:3000.`);
  const timeoutMs = count('timeout-ms', values['timeout-ms']);
  if (timeoutMs > DEADLINE_MS)
    throw new Error(`--timeout-ms ${timeoutMs} is longer than a request lives: use at most ${DEADLINE_MS}.`);
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
    // A local model thinks one thought at a time: more leases would only wait for it, and not for another thinker.
    concurrency: count('concurrency', values.concurrency ?? (values.mind === 'local' ? '1' : '8')),
    timeoutMs,
    mind,
  };
}

function mindOf(name: string, baseUrl: string, model: string, structured: string, apiKey: string): Mind {
  if (name === 'rules') return rules;
  if (name === 'liar') return liarMind();
  if (name !== 'openai') throw new Error(`--mind ${name} is unknown: use rules, openai, local or liar.`);
  const { protocol, username, password } = URL.parse(baseUrl) ?? { protocol: '', username: '', password: '' };
  if (username || password)
    throw new Error('--base-url contains a user or a password: put the key into OPENAI_API_KEY.');
  if (!/^https?:$/.test(protocol))
    throw new Error(
      `--base-url "${baseUrl}" is not the address of an endpoint: give one like http://127.0.0.1:11434/v1, or set OPENAI_BASE_URL.`,
    );
  if (!model) throw new Error('--model is missing: name the model to ask, or set OPENAI_MODEL.');
  if (!isStructured(structured))
    throw new Error(`--structured ${structured} is unknown: use ${STRUCTURED.join(', ')}.`);
  return openAiMind({ baseUrl, model, apiKey, structured });
}

function isStructured(text: string): text is Structured {
  return (STRUCTURED as readonly string[]).includes(text);
}

function count(name: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`--${name} ${text} is not a whole number: use 1 to 9999999.`);
  return Number(text);
}
