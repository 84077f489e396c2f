import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { Identity, Timestamp } from '@clockworklabs/spacetimedb-sdk';
import { camelCase, written } from './columns.ts';
import { LEFT, ROWS, TABLES } from './file/rows.ts';

const BINDINGS = 'spike/client/bindings';

test('every table of the module is exported, or left with a reason', () => {
  const tables = readdirSync(BINDINGS).flatMap((file) => /^(\w+)_table\.ts$/.exec(file)?.[1] ?? []);
  expect(tables.length).toBeGreaterThan(30);
  expect([...TABLES, ...Object.keys(LEFT)].sort()).toEqual(tables.sort());
});

test('each exported public table has the columns of the contract', () => {
  const { tables } = JSON.parse(readFileSync('spike/world/contract.json', 'utf8')) as {
    tables: Record<string, string[]>;
  };
  for (const table of TABLES.filter((name) => tables[name]))
    expect([table, Object.keys(ROWS[table].shape)]).toEqual([
      table,
      tables[table]?.map((column) => column.replace(/:.*/, '')),
    ]);
});

test('64 bits keep every digit, and identities, moments, options and variants have one form', () => {
  const identity = `${'c2'.repeat(31)}01`;
  const row = {
    id: 18_446_744_073_709_551_615n,
    leaseOwner: new Identity(identity),
    askedAt: new Timestamp(-1n),
    player: undefined,
    state: { tag: 'Leased' },
    routine: { tag: 'Rest', value: {} },
    lines: [{ speaker: 3, words: 'a_b' }],
    action: { tag: 'Say', value: 'well' },
  };
  expect(written(row)).toEqual({
    id: '18446744073709551615',
    lease_owner: identity,
    asked_at: '-1',
    player: null,
    state: 'Leased',
    routine: 'Rest',
    lines: [{ speaker: 3, words: 'a_b' }],
    action: { Say: 'well' },
  });
  expect(camelCase('reap_at_us')).toBe('reapAtUs');
});
