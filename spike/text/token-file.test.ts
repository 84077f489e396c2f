import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { fileTokens } from './token-file.ts';

const WORLD = 'http://127.0.0.1:3000/spellkave';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spellkave-player-'));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

const fileOf = (name: string) => join(folder, 'players', name);
const tokensIn = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;

test('a token is kept for its user alone, and is found again in its world and in no other', () => {
  const file = fileOf('Nils.json');
  expect(fileTokens(file, WORLD).load()).toBeUndefined();
  fileTokens(file, WORLD).save('a-token');
  expect(fileTokens(file, WORLD).load()).toBe('a-token');
  expect(fileTokens(file, 'elsewhere').load()).toBeUndefined();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'players'))).toEqual(['Nils.json']);
});

test('a token that has not changed is not written again', () => {
  const file = fileOf('Nils.json');
  fileTokens(file, WORLD).save('a-token');
  const before = statSync(file).ino;
  fileTokens(file, WORLD).save('a-token');
  expect(statSync(file).ino).toBe(before);
});

test('what another client has written since is kept', () => {
  const file = fileOf('Nils.json');
  const [here, elsewhere] = [fileTokens(file, WORLD), fileTokens(file, 'elsewhere')];
  here.save('a-token');
  elsewhere.save('b-token');
  expect(tokensIn(file)).toEqual({ [WORLD]: 'a-token', elsewhere: 'b-token' });
});

test('a token that is forgotten is kept aside, and the next one takes its place', () => {
  const file = fileOf('Nils.json');
  const tokens = fileTokens(file, WORLD);
  tokens.save('a-token');
  tokens.forget();
  expect(tokens.load()).toBeUndefined();
  expect(fileTokens(file, WORLD).load()).toBeUndefined();
  tokens.save('b-token');
  expect(fileTokens(file, WORLD).load()).toBe('b-token');
  expect(Object.values(tokensIn(file)).sort()).toEqual(['a-token', 'b-token']);
});

for (const text of ['{"http://', '', '[]', '{"world": 7}'])
  test(`a file that holds no tokens is named, and is left as it is: ${text || 'empty'}`, () => {
    const file = join(folder, 'Nils.json');
    writeFileSync(file, text);
    expect(() => fileTokens(file, WORLD)).toThrow(`${file} holds no tokens; move it aside to begin as somebody new.`);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
