import { expect, test } from 'playwright/test';
import { liveFragment, readOpening } from '../../spike/client/live-fragment.ts';
import { isHere, readAddress } from './address.ts';
import { withoutSecrets } from './admission.ts';

const usual = { host: 'http://127.0.0.1:3000', database: 'spellkave', token: undefined, fault: undefined };

test('without a fragment the page watches what `npm start` runs', () => {
  expect(readAddress('')).toEqual(usual);
});

test('a fragment names another world and its owner, and loses only the token', () => {
  const fragment = '#host=http://127.0.0.1:3100/&database=isle&token=a.b-c_d';
  const address = { ...usual, host: 'http://127.0.0.1:3100', database: 'isle' };
  expect(readAddress(fragment)).toEqual({ ...address, token: 'a.b-c_d' });
  expect(withoutSecrets(fragment)).toBe('#host=http://127.0.0.1:3100/&database=isle');
  expect(withoutSecrets('#token=a')).toBe('');
  expect(withoutSecrets('#open=80-abc&database=isle')).toBe('#database=isle');
});

test('reads the owner link that `npm start` prints', () => {
  const opening = { port: 40_123, code: 'k7m2abc' };
  expect(readOpening(`#${liveFragment(opening)}`)).toEqual(opening);
  expect(readOpening(`#database=isle&${liveFragment(opening)}`)).toEqual(opening);
});

test('a fragment without a valid port and code opens nothing', () => {
  for (const fragment of ['', '#open=', '#open=1', '#open=0-abc', '#open=65536-abc', '#open=80-A%', '#reopen=80-abc'])
    expect(readOpening(fragment)).toBeUndefined();
});

test('an invalid host or database is named, and no token goes anywhere else', () => {
  for (const [fragment, fault] of [
    ['#host=javascript:alert(1)&token=a', '“javascript:alert(1)” is not the address of a host.'],
    ['#host=3000&token=a', '“3000” is not the address of a host.'],
    ['#database=../x&token=a', '“../x” is not the name of a database.'],
  ] as const) {
    expect(readAddress(fragment)).toEqual({ ...usual, fault });
  }
});

test('only names of this machine are here', () => {
  for (const host of ['localhost', 'a.localhost', '127.0.0.1', '127.1.2.3', '[::1]']) expect(isHere(host)).toBe(true);
  for (const host of ['example.org', 'localhost.org', '127.0.0.1.org', '10.0.0.1']) expect(isHere(host)).toBe(false);
});
