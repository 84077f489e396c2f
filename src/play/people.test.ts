import { expect, test } from 'playwright/test';
import { People, type Store } from './people.ts';

function memory(): Store {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

test('each name has its own token, in its own world, and comes back from the store', () => {
  const store = memory();
  const people = new People('isle', store);
  people.tokens('Nils').save('one');
  people.tokens('Ada').save('two');
  const again = new People('isle', store);
  expect(again.names).toEqual(['Ada', 'Nils']);
  expect(again.tokens('nils').load()).toBe('one');
  expect(again.tokens('Eve').load()).toBeUndefined();
  expect(new People('coast', store).names).toEqual([]);
});

test('a rejected token is not used again, and is not lost', () => {
  const store = memory();
  const tokens = new People('isle', store).tokens('Nils');
  tokens.save('old');
  tokens.forget();
  expect(tokens.load()).toBeUndefined();
  expect(new People('isle', store).names).toEqual([]);
  tokens.save('new');
  expect(tokens.load()).toBe('new');
  expect(store.getItem('spellkave people isle')).toContain('old');
});

test('without storage people last as long as the page', () => {
  const forbidden: Store = {
    getItem() {
      throw new Error('denied');
    },
    setItem() {
      throw new Error('denied');
    },
  };
  for (const store of [forbidden, undefined]) {
    const people = new People('isle', store);
    people.tokens('Nils').save('one');
    expect([people.names, people.tokens('Nils').load()]).toEqual([['Nils'], 'one']);
  }
});
