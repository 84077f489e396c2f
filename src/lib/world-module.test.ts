import { expect, test } from 'playwright/test';
import { describe, readWorldModule } from './world-module.ts';

test('reads what a file holds, its tables and its reducers from its source', () => {
  const text = [
    '//! Who may do',
    '//! what, e.g.',
    '//! a player. And more.',
    '//!',
    '//! Details.',
    '#[table(name = grant, public)] #[table(name = secret)]',
    '#[reducer]',
    'pub fn give(ctx: &ReducerContext) {}',
  ].join('\n');
  expect(describe('role.rs', text)).toEqual({
    path: 'role.rs',
    holds: 'Who may do what, e.g.',
    tables: [
      { name: 'grant', isPublic: true },
      { name: 'secret', isPublic: false },
    ],
    reducers: ['give'],
  });
});

test('refuses a file that does not say what it holds', () => {
  expect(() => describe('core/role.rs', 'use spacetimedb::table;')).toThrow(
    'spike/world/src/core/role.rs does not begin with a //! comment',
  );
});

test('every file of the module is in the table once, in the order of the layers', () => {
  const folders = readWorldModule('.');
  expect(folders.map(({ name }) => name)).toEqual([
    'core/',
    'archive.rs',
    'slow_path/',
    'fast_path/',
    'people/',
    'borders/',
    'founding/',
    'lab.rs',
  ]);
  const reducers = folders.flatMap(({ files }) => files.flatMap((file) => file.reducers));
  for (const reducer of ['submit', 'acknowledge', 'lab_break']) expect(reducers).toContain(reducer);
  expect(new Set(reducers).size).toBe(reducers.length);
});
