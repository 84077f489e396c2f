import { expect, test } from 'playwright/test';
import { readOptions } from './options.ts';

test('without options it uses the default ports and folder', () => {
  expect(readOptions([])).toEqual({
    port: 3000,
    sitePort: undefined,
    site: true,
    world: '.spellkave/world',
    newWorld: false,
    help: false,
  });
});

test('rejects a wrong port and names the option', () => {
  expect(() => readOptions(['--port', 'http'])).toThrow('--port http is not a port: use 1 to 65535.');
  expect(() => readOptions(['--site-port=70000'])).toThrow('--site-port 70000 is not a port: use 1 to 65535.');
});

test('rejects an unknown option', () => {
  expect(() => readOptions(['--prot=3000'])).toThrow(/--prot/);
});
