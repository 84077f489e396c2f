import { expect, test } from 'playwright/test';
import { readOptions } from './options.ts';

test('without options it uses the default ports and folder', () => {
  expect(readOptions([])).toEqual({
    port: 3000,
    sitePort: undefined,
    site: true,
    world: '.spellkave/world',
    newWorld: false,
    regions: 1,
    mind: { name: 'rules', args: [] },
    keepFree: 500_000_000,
    help: false,
  });
});

test('rejects a wrong port and names the option', () => {
  expect(() => readOptions(['--port', 'http'])).toThrow('--port http is not a port: use 1 to 65535.');
  expect(() => readOptions(['--site-port=70000'])).toThrow('--site-port 70000 is not a port: use 1 to 65535.');
});

test('takes the space to keep free in whole megabytes', () => {
  expect(readOptions(['--keep-free', '0']).keepFree).toBe(0);
  for (const wrong of ['-1', '1.5', '1GB', '', '9999999999'])
    expect(() => readOptions([`--keep-free=${wrong}`])).toThrow(
      `--keep-free ${wrong} is not a size: use whole megabytes, such as 500.`,
    );
});

test('takes a whole number of regions', () => {
  expect(readOptions(['--regions', '2']).regions).toBe(2);
  for (const wrong of ['0', '-1', '1.5', '256', 'two', ''])
    expect(() => readOptions([`--regions=${wrong}`])).toThrow(
      `--regions ${wrong} is not a number of regions: use 1 to 255.`,
    );
});

test('rejects an unknown option', () => {
  expect(() => readOptions(['--prot=3000'])).toThrow(/--prot/);
});

test('passes the options of a mind on to the thinker, which checks their values', () => {
  const { mind } = readOptions(['--mind', 'openai', '--model', 'small', '--base-url=http://127.0.0.1:1/v1']);
  expect(mind).toEqual({ name: 'openai', args: ['--base-url=http://127.0.0.1:1/v1', '--model=small'] });
});

for (const [args, message] of [
  [['--mind', 'oracle'], '--mind oracle is unknown: use rules, none, openai, local.'],
  [['--mind', 'toString'], '--mind toString is unknown'],
  [['--model-file', 'a.gguf'], '--model-file means nothing to --mind rules: use --mind local, or leave it out.'],
  [['--model', 'small'], '--model means nothing to --mind rules: use --mind openai, or leave it out.'],
  [
    ['--mind', 'none', '--concurrency', '2'],
    '--concurrency means nothing to --mind none: use --mind rules or --mind openai or --mind local',
  ],
] as const) {
  test(`\`${args.join(' ')}\` is rejected with the fix`, () => {
    expect(() => readOptions([...args])).toThrow(message);
  });
}
