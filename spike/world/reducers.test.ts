import { readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { REDUCERS, type Caller } from './reducers.fixture.ts';

const ROWS: Record<string, Caller> = {
  'a stranger': 'stranger',
  'a player': 'player',
  'a thinker': 'thinker',
  'an archivist': 'archivist',
  'a relay': 'relay',
  'the owner': 'owner',
  "only the module's own scheduler": 'scheduler',
};

test('the guide on roles lists for each caller the reducers of the table that the specs try', () => {
  const guide = readFileSync('src/content/docs/guides/roles.md', 'utf8');
  const listed = [...guide.matchAll(/^\| (.+?) +\| (`.+`) +\|$/gm)].map(([, who = '', reducers = '']) => [
    ROWS[who] ?? who,
    [...reducers.matchAll(/`(\w+)`/g)].map(([, name = '']) => name).sort(),
  ]);
  // A player has joined already: the guide names that reducer once.
  const mayCall = (caller: Caller) =>
    REDUCERS.filter(({ name, may }) => may.includes(caller) && !(name === 'join' && caller === 'player'));
  const expected = Object.values(ROWS).map((caller) => [
    caller,
    mayCall(caller)
      .map(({ name }) => name)
      .sort(),
  ]);
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(expected));
});
