import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixture.ts';
import { fileToken } from './token-file.ts';

test('a new token is kept for its user alone, and is found again', ({ folder }) => {
  const file = join(folder, 'kept', 'thinker.token');
  expect(fileToken(file).load()).toBeUndefined();
  fileToken(file).save('a-token');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(fileToken(file).load()).toBe('a-token');
});

test('a token that is there is never written over', ({ folder }) => {
  const file = join(folder, 'thinker.token');
  writeFileSync(file, 'a-token\n');
  const tokens = fileToken(file);
  tokens.save('another');
  expect([tokens.load(), readFileSync(file, 'utf8')]).toEqual(['a-token', 'a-token\n']);
});

test('a file without a token is named', ({ folder }) => {
  const file = join(folder, 'thinker.token');
  writeFileSync(file, '\n');
  expect(() => fileToken(file)).toThrow('thinker.token holds no token; remove it to get a new identity.');
});
