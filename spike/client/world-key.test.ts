import { expect, test } from 'playwright/test';
import { currentKey, worldKey } from './world-key.ts';

const keyOf = (url: string, database = 'spellkave') => worldKey({ url, database });

const USUAL = 'http://127.0.0.1:3000/spellkave';

for (const url of [
  'http://127.0.0.1:3000',
  'http://127.0.0.1:3000/',
  'http://127.0.0.1:3000//',
  'http://127.0.0.1:3000/?a=b',
  'http://127.0.0.1:3000/#a',
  'http://127.0.0.1:3000/v1',
  'http://127.0.0.1:03000',
  ' http://127.0.0.1:3000 ',
  'HTTP://127.0.0.1:3000',
  'ws://127.0.0.1:3000',
  'http://nils:secret@127.0.0.1:3000',
  'http://localhost:3000',
  'http://LocalHost:3000/',
  'http://localhost.:3000',
  'http://127.1:3000',
  'http://2130706433:3000',
  'http://0x7f.0.0.1:3000',
  'http://0.0.0.0:3000',
  'http://0:3000',
  'http://[::1]:3000',
  'http://[0:0:0:0:0:0:0:1]:3000/',
  'http://[::ffff:127.0.0.1]:3000',
  'http://[::]:3000',
])
  test(`${url} is the usual host`, () => {
    expect(keyOf(url)).toBe(USUAL);
    // A file of an earlier version holds the address as it was typed.
    expect(currentKey(`${url}/spellkave`)).toBe(USUAL);
  });

for (const [one, other] of [
  ['http://example.org', 'http://EXAMPLE.org:80/'],
  ['https://example.org', 'https://example.org.:443/?a=b'],
  ['https://münchen.example', 'https://xn--mnchen-3ya.example/'],
  ['https://example.org/worlds/', 'https://example.org//worlds/?a#b'],
] as const)
  test(`${one} and ${other} are the same host`, () => {
    expect(keyOf(one)).toBe(keyOf(other));
    expect(currentKey(keyOf(one))).toBe(keyOf(one));
  });

test('capitals do not distinguish the names of databases', () => {
  expect(keyOf('http://127.0.0.1:3000', 'Spellkave')).toBe(USUAL);
});

test('different servers, worlds and ways to reach them have different keys', () => {
  const keys = [
    USUAL,
    keyOf('http://127.0.0.1:3000', 'elsewhere'),
    ...[
      'http://127.0.0.1:3001',
      'http://127.0.0.1',
      'https://127.0.0.1:3000',
      // Another address of this machine may have another server at the same port.
      'http://127.0.0.2:3000',
      'http://world.localhost:3000',
      'http://localhost.example.org:3000',
      'http://example.org',
      'https://example.org',
      'https://example.org:3000',
      'https://example.org/worlds/',
      'https://example.org/Worlds/',
      'http://[::2]:3000',
    ].map((url) => keyOf(url)),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

test('keeps a key that is not an address', () => {
  for (const key of ['somewhere', 'w', 'no address/spellkave']) expect(currentKey(key)).toBe(key);
});
