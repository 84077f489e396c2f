import { expect, test } from 'playwright/test';
import { readOptions } from './options.ts';

const env = { SPELLKAVE_TOKEN: 'a token' };
const read = (...args: string[]) => readOptions(args, env);

test('asks the embedded rules by default', () => {
  expect(read()).toMatchObject({ concurrency: 8, timeoutMs: 90_000, mind: { name: 'embedded rules' } });
});

test('takes the model from options or the environment, and keeps the key out of the name', () => {
  const model = {
    ...env,
    OPENAI_BASE_URL: 'http://127.0.0.1:1/v1',
    OPENAI_MODEL: 'small',
    OPENAI_API_KEY: 'sk-secret',
  };
  expect(readOptions(['--mind', 'openai'], model)?.mind.name).toBe('small at 127.0.0.1:1');
});

for (const [args, message] of [
  [['--mind', 'oracle'], '--mind oracle is unknown: use rules, openai, local or liar.'],
  [['--mind', 'openai'], '--base-url "" is not the address of an endpoint'],
  [['--mind', 'openai', '--base-url', 'http://127.0.0.1:1/v1'], '--model is missing: name the model to ask'],
  [['--mind', 'openai', '--base-url', 'http://me:secret@127.0.0.1/v1'], 'put the key into OPENAI_API_KEY'],
  [['--url', '127.0.0.1:3000'], '--url 127.0.0.1:3000 is not the address of a host: use one like'],
  [['--timeout-ms', '120001'], '--timeout-ms 120001 is longer than a request lives: use at most 120000.'],
  [['--concurrency', '0'], '--concurrency 0 is not a whole number: use 1 to 9999999.'],
] as const) {
  test(`\`${args.join(' ')}\` is rejected with the fix`, () => {
    expect(() => read(...args)).toThrow(message);
  });
}

test('without a token it names the variable and the role', () => {
  expect(() => readOptions([], {})).toThrow('SPELLKAVE_TOKEN is not set');
});
