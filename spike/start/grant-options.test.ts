import { expect, test } from 'playwright/test';
import { readGrantOptions } from './grant-options.ts';

const DIGITS = 'c2'.repeat(32);
const where = { world: '.spellkave/world', url: 'http://127.0.0.1:3000', database: 'spellkave' };

test('reads an identity in each form in which people copy it', () => {
  for (const identity of [DIGITS, `0x${DIGITS}`, DIGITS.toUpperCase()]) {
    expect(readGrantOptions(['--role', 'Thinker', identity])).toEqual({
      ...where,
      change: { kind: 'grant', role: 'Thinker', identity: DIGITS },
    });
  }
});

test('reads a revocation and a list', () => {
  expect(readGrantOptions(['--revoke', DIGITS])?.change).toEqual({ kind: 'revoke', identity: DIGITS });
  expect(readGrantOptions(['--list'])?.change).toEqual({ kind: 'list' });
});

test('returns nothing when help was asked for', () => {
  expect(readGrantOptions(['--help'])).toBeUndefined();
});

for (const [args, message] of [
  [[], 'Use one of --role ROLE IDENTITY, --revoke IDENTITY and --list.'],
  [['--role', 'thinker', '--revoke', DIGITS], 'Use one of --role'],
  [['--role', 'king', DIGITS], '--role king is not a role: use thinker, archivist, relay, player, owner.'],
  [['--role', 'toString', DIGITS], '--role toString is not a role'],
  [['--role', 'thinker'], '0 identities are named: name one'],
  [['--revoke', DIGITS, DIGITS], '2 identities are named: name one'],
  [['--role', 'thinker', 'c200'], 'c200 is not an identity: use its 64 hexadecimal digits'],
  [['--list', DIGITS], '--list takes no identity'],
  [['--list', '--url', '127.0.0.1:3000'], '--url 127.0.0.1:3000 is not the address of a host: use one like'],
] as const) {
  test(`\`npm run grant -- ${args.join(' ').replaceAll(DIGITS, 'ID')}\` is rejected with the fix`, () => {
    expect(() => readGrantOptions([...args])).toThrow(message);
  });
}
