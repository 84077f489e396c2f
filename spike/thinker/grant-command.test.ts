import { expect, test } from 'playwright/test';
import { grantCommand } from './grant-command.ts';

const local = { url: 'http://127.0.0.1:3000', database: 'spellkave' };

test('the command for a default world names only the role and the identity', () => {
  expect(grantCommand('c2', local)).toBe('npm run grant -- --role thinker c2');
});

test('the command names another host and another database', () => {
  expect(grantCommand('c2', { url: 'http://127.0.0.1:3100', database: 'other' })).toBe(
    'npm run grant -- --role thinker c2 --url http://127.0.0.1:3100 --database other',
  );
});
