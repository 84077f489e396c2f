import { expect, test } from 'playwright/test';
import { readOptions } from './options.ts';

test('without options the world takes the usual ports and folder', () => {
  expect(readOptions([])).toEqual({
    port: 3000,
    sitePort: undefined,
    site: true,
    world: '.spellkave/world',
    newWorld: false,
    help: false,
  });
});

test('a port that is none is named with its option', () => {
  expect(() => readOptions(['--port', 'http'])).toThrow('--port takes a port from 1 to 65535, not "http".');
  expect(() => readOptions(['--site-port=70000'])).toThrow('--site-port takes a port');
});

test('an unknown option is refused', () => {
  expect(() => readOptions(['--prot=3000'])).toThrow(/--prot/);
});
