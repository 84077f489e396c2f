import { chmodSync, mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { fileTokens } from './token-file.ts';

const WORLD = 'http://127.0.0.1:3000/spellkave';
const ELSEWHERE = 'http://127.0.0.1:3000/elsewhere';

let folder: string;
let file: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spellkave-tokens-'));
  file = join(folder, 'kept', 'Nils.json');
});
test.afterEach(() => rmSync(folder, { recursive: true }));

function given(text: string): void {
  mkdirSync(join(folder, 'kept'));
  writeFileSync(file, text);
}

const text = () => readFileSync(file, 'utf8');
const entries = () => (JSON.parse(text()) as { tokens: { world?: string; token: string; until?: string }[] }).tokens;

test('keeps a token for its user alone, and finds it in its world and in no other', () => {
  expect(fileTokens(file, WORLD).load()).toBeUndefined();
  fileTokens(file, WORLD).save('a-token');
  expect(fileTokens(file, WORLD).load()).toBe('a-token');
  expect(fileTokens(file, ELSEWHERE).load()).toBeUndefined();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'kept'))).toEqual(['Nils.json']);
});

test('a token file that others can read becomes private when it is read, with the folder that is made for it', () => {
  const usual = process.umask(0);
  fileTokens(file, WORLD).save('a-token');
  process.umask(usual);
  expect(statSync(join(folder, 'kept')).mode & 0o777).toBe(0o700);
  chmodSync(file, 0o644);
  expect(fileTokens(file, WORLD).load()).toBe('a-token');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('does not write a token again that has not changed', () => {
  fileTokens(file, WORLD).save('a-token');
  const before = statSync(file).ino;
  fileTokens(file, WORLD).save('a-token');
  expect(statSync(file).ino).toBe(before);
});

test('keeps the tokens that another client has written meanwhile', () => {
  const here = fileTokens(file, WORLD);
  const elsewhere = fileTokens(file, ELSEWHERE);
  here.save('a-token');
  elsewhere.save('b-token');
  expect(entries()).toEqual([
    { world: WORLD, token: 'a-token' },
    { world: ELSEWHERE, token: 'b-token' },
  ]);
});

/** A file of a version that kept the address of the world as it was typed. */
const asTyped = (...tokens: [url: string, token: string][]) =>
  given(JSON.stringify({ version: 1, tokens: tokens.map(([url, token]) => ({ world: `${url}/spellkave`, token })) }));

for (const url of ['http://localhost:3000', 'http://127.0.0.1:3000/', 'http://[::1]:3000', 'HTTP://LOCALHOST:3000/?a'])
  test(`finds the person whom an earlier version met at ${url}, and keeps what it wrote`, () => {
    asTyped([url, 'a-token']);
    const tokens = fileTokens(file, WORLD);
    expect(tokens.load()).toBe('a-token');
    tokens.save('a-token');
    expect(entries()).toEqual([{ world: `${url}/spellkave`, token: 'a-token' }]);
    tokens.save('b-token');
    expect(fileTokens(file, WORLD).load()).toBe('b-token');
    expect(entries()).toEqual([
      { world: `${url}/spellkave`, token: 'a-token', until: expect.any(String) },
      { world: WORLD, token: 'b-token' },
    ]);
  });

test('of the strangers that an earlier version made, the first is the person, and the others are tried after it', () => {
  asTyped(['http://127.0.0.1:3000', 'a-token'], ['http://localhost:3000', 'b-token'], ['http://[::1]:3000', 'c-token']);
  const tokens = fileTokens(file, WORLD);
  expect(tokens.load()).toBe('a-token');
  tokens.forget();
  expect(tokens.load()).toBe('b-token');
  expect(fileTokens(file, WORLD).load()).toBe('b-token');
  tokens.save('d-token');
  expect(fileTokens(file, WORLD).load()).toBe('d-token');
  expect(entries().filter(({ until }) => !until)).toEqual([{ world: WORLD, token: 'd-token' }]);
});

test('does not show the token of another port, or of another machine, to this world', () => {
  asTyped(['http://localhost:3001', 'a-token'], ['http://localhost.example.org:3000', 'b-token']);
  expect(fileTokens(file, WORLD).load()).toBeUndefined();
});

test('sets a rejected or replaced token aside and never removes it', () => {
  const tokens = fileTokens(file, WORLD);
  tokens.save('a-token');
  tokens.forget();
  expect(tokens.load()).toBeUndefined();
  expect(fileTokens(file, WORLD).load()).toBeUndefined();
  tokens.save('b-token');
  tokens.save('c-token');
  expect(fileTokens(file, WORLD).load()).toBe('c-token');
  expect(entries()).toEqual([
    { world: WORLD, token: 'a-token', until: expect.any(String) },
    { world: WORLD, token: 'b-token', until: expect.any(String) },
    { world: WORLD, token: 'c-token' },
  ]);
});

test('reads the former file of a thinker, whose token is valid in every world that has not rejected it', () => {
  given('aaa.bbb.ccc\n');
  const here = fileTokens(file, WORLD);
  here.save('aaa.bbb.ccc');
  expect(text()).toBe('aaa.bbb.ccc\n');
  here.forget();
  expect(fileTokens(file, WORLD).load()).toBeUndefined();
  expect(fileTokens(file, ELSEWHERE).load()).toBe('aaa.bbb.ccc');
  here.save('ddd.eee.fff');
  expect(fileTokens(file, WORLD).load()).toBe('ddd.eee.fff');
  expect(fileTokens(file, ELSEWHERE).load()).toBe('aaa.bbb.ccc');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('reads the former file of a player, and keeps all of its tokens', () => {
  const former = { [`${WORLD} until 2026-11-20T10:00:00.000Z`]: 'old', [WORLD]: 'a-token', [ELSEWHERE]: 'b-token' };
  given(JSON.stringify(former));
  const here = fileTokens(file, WORLD);
  expect(here.load()).toBe('a-token');
  expect(fileTokens(file, ELSEWHERE).load()).toBe('b-token');
  here.forget();
  expect(entries()).toEqual([
    { world: WORLD, token: 'old', until: '2026-11-20T10:00:00.000Z' },
    { world: WORLD, token: 'a-token', until: expect.any(String) },
    { world: ELSEWHERE, token: 'b-token' },
  ]);
});

for (const [what, broken, reason] of [
  ['an empty file', '\n', 'it is empty'],
  ['a file that was cut off', '{"version": 1, "tokens": [{"wor', 'JSON'],
  ['other text', 'my token is secret', 'it holds neither JSON nor a single token'],
  ['a list', '["a.b.c"]', 'it holds neither JSON nor a single token'],
  ['a token that is not text', '{"world": 7}', 'expected string'],
  ['an entry without a token', '{"version": 1, "tokens": [{"world": "w"}]}', 'tokens[0].token'],
  ['a newer version', '{"version": 2, "tokens": []}', 'it has version 2, and this program reads up to 1'],
] as const)
  test(`names ${what}, says what to do, and leaves the file as it is`, () => {
    given(broken);
    const open = () => fileTokens(file, WORLD);
    expect(open).toThrow(`${file} is not a token file: `);
    expect(open).toThrow(reason);
    expect(open).toThrow('Put a backup in its place, or move it away to get a new identity.');
    expect(text()).toBe(broken);
  });

test('does not overwrite a file that was broken after it was read', () => {
  const tokens = fileTokens(file, WORLD);
  given('{"version": 1, "tok');
  expect(() => tokens.save('a-token')).toThrow('is not a token file');
  expect(text()).toBe('{"version": 1, "tok');
});

test('keeps the old file when the new one cannot be written', () => {
  const tokens = fileTokens(file, WORLD);
  tokens.save('a-token');
  // A folder where the new text would be prepared makes every write fail, also for root.
  mkdirSync(`${file}.${process.pid}.new`);
  expect(() => tokens.save('b-token')).toThrow();
  expect(fileTokens(file, WORLD).load()).toBe('a-token');
  expect(tokens.load()).toBe('a-token');
});
