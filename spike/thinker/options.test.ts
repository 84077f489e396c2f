import { expect, test } from 'playwright/test';
import { readOptions } from './options.ts';

const env = { SPELLKAVE_TOKEN: 'a token' };
const read = (...args: string[]) => readOptions(args, env);

test('without options the thinker asks its embedded rules', () => {
  expect(read()).toMatchObject({ concurrency: 8, timeoutMs: 20_000, mind: { name: 'embedded rules' } });
});

test('a model is named by options or by the environment, and its key never is part of a name', () => {
  const model = {
    ...env,
    OPENAI_BASE_URL: 'http://127.0.0.1:1/v1',
    OPENAI_MODEL: 'small',
    OPENAI_API_KEY: 'sk-secret',
  };
  expect(readOptions(['--mind', 'openai'], model)?.mind.name).toBe('small at 127.0.0.1:1');
});

for (const [args, says] of [
  [['--mind', 'oracle'], '--mind takes rules or openai, not "oracle".'],
  [['--mind', 'openai'], '--base-url or OPENAI_BASE_URL names the endpoint'],
  [['--mind', 'openai', '--base-url', 'http://127.0.0.1:1/v1'], '--model or OPENAI_MODEL names the model'],
  [['--mind', 'openai', '--base-url', 'http://me:secret@127.0.0.1/v1'], 'put the key into OPENAI_API_KEY'],
  [['--url', '127.0.0.1:3000'], '--url names the host, like http://127.0.0.1:3000, not "127.0.0.1:3000".'],
  [['--timeout-ms', '30000'], "--timeout-ms must be below the world's lease of 30000"],
  [['--concurrency', '0'], '--concurrency takes a whole number from 1, not "0".'],
] as const) {
  test(`\`${args.join(' ')}\` is refused with what it takes`, () => {
    expect(() => read(...args)).toThrow(says);
  });
}

test('without a token it says whose it needs', () => {
  expect(() => readOptions([], {})).toThrow('SPELLKAVE_TOKEN is not set');
});
