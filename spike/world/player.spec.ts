import { NOBODY } from '../client/world-constants.ts';
import { expect, test, type TestWorld } from '../fixture.ts';
import type { Account } from '../host/api.ts';

/** The treasury's id among the holders. */
const TREASURY = NOBODY;

const eventsOf = async (world: TestWorld, agent: number) =>
  (await world.sql(`SELECT * FROM event WHERE subject = ${agent}`))
    .sort((a, b) => Number(a['id']) - Number(b['id']))
    .map(({ kind, words }) => [kind, words]);
const holdingsOf = async (world: TestWorld, agent: number) =>
  Object.fromEntries(
    (await world.sql(`SELECT * FROM holding WHERE holder = ${agent}`)).map((row) => [
      Number(row['good']),
      Number(row['quantity']),
    ]),
  );
const act = (world: TestWorld, who: Account, action: object) => world.call('act', [action], who);

test('a new player has a body at the gate, and gold from the treasury', async ({ world }) => {
  const nils = await world.player('Nils');
  expect(await world.sql(`SELECT * FROM agent WHERE id = ${nils.agent}`)).toMatchObject([{ place: 0, route: NOBODY }]);
  expect(await holdingsOf(world, nils.agent)).toEqual({ 0: 20 });
  expect(await holdingsOf(world, TREASURY)).toEqual({ 0: 1_980 });
  expect(await eventsOf(world, nils.agent)).toEqual([['arrive', '']]);
});

for (const [name, reason] of [
  ['X', 'a name has 2 to 24 characters, not 1'],
  ['mira', 'somebody is called mira already: choose another name'],
  ['M1ra', 'M1ra looks like Mira, who lives here: choose another name'],
  ['\u041cira', 'mixes Cyrillic and Latin letters: use one script'],
  ['Mira What', 'Mira What begins with the name of Mira, and commands could not tell them apart: use Mira-What'],
  ['The Market', 'The Market would be taken for the place The Market: choose another name'],
  ['Salt', 'Salt would be taken for the good salt: choose another name'],
  ['North', 'North would be taken for the direction north: choose another name'],
  ['Everybody', 'Everybody would be taken for the word "everybody": choose another name'],
  ['Nils: hello', "a name cannot hold ':'"],
  [' Nils', 'a name begins with a letter'],
  ['Nils\u001b[31m', "a name cannot hold '\\u{1b}'"],
]) {
  test(`the name ${JSON.stringify(name)} is refused with a reason`, async ({ world }) => {
    await expect(world.call('join', [name], await world.account())).rejects.toThrow(reason);
    expect(await world.sql('SELECT * FROM player')).toHaveLength(0);
  });
}

test('people join under names in their own script, in its composed form', async ({ world }) => {
  const names = ['प्रिया', 'สมศักดิ์', '王芳', 'דוד'];
  for (const name of names) await world.player(name);
  await world.call('join', ['A\u030asa'], await world.account());
  const players = await world.sql(
    `SELECT agent_profile.* FROM agent_profile JOIN player ON agent_profile.id = player.agent`,
  );
  expect(new Set(players.map(({ name }) => name))).toEqual(new Set([...names, '\u00c5sa']));
});

test('a name that begins another one is refused too, and one that only resembles it is not', async ({ world }) => {
  await world.player('Old Bess');
  await expect(world.call('join', ['Old'], await world.account())).rejects.toThrow(
    'Old Bess lives here, and begins with Old',
  );
  await world.player('Bess');
});

test('one joins once, and not in addition to another role', async ({ world }) => {
  const nils = await world.player('Nils');
  await expect(world.call('join', ['Olaf'], nils)).rejects.toThrow('you are here already, as Nils');
  await expect(world.call('join', ['Olaf'], await world.account('Thinker'))).rejects.toThrow(
    'you have the role Thinker, and cannot be a player too',
  );
});

test('a body does what its player says, through exits only', async ({ world }) => {
  const nils = await world.player('Nils');
  await act(world, nils, { Say: 'Good day.' });
  await act(world, nils, { Go: 'north' });
  await expect(act(world, nils, { Go: 'through the wall' })).rejects.toThrow('no exit leads "through the wall"');
  await expect(act(world, nils, { Say: 'a'.repeat(281) })).rejects.toThrow('281 characters are more than the 280');
  expect(await eventsOf(world, nils.agent)).toEqual([
    ['arrive', ''],
    ['say', 'Good day.'],
    ['go', 'north'],
  ]);
  expect(await world.sql(`SELECT * FROM agent WHERE id = ${nils.agent}`)).toMatchObject([{ place: 1 }]);
});

test('a body does nothing by itself', async ({ world }) => {
  const nils = await world.player('Nils');
  await world.call('set_tempo', [20, 1, 1]);
  const tick = async () => Number((await world.sql('SELECT * FROM clock'))[0]?.['tick']);
  const first = await tick();
  await expect.poll(tick).toBeGreaterThan(first + 20);
  expect(await world.sql(`SELECT * FROM agent WHERE id = ${nils.agent}`)).toMatchObject([{ place: 0 }]);
  expect(await world.sql(`SELECT * FROM think_request WHERE agent = ${nils.agent}`)).toHaveLength(0);
});

test('a gift goes from hand to hand, among those who are in one place', async ({ world }) => {
  const [nils, ada] = [await world.player('Nils'), await world.player('Ada')];
  const gift = (quantity: number) => ({ Give: { to: ada.agent, good: 'gold', quantity } });
  await act(world, nils, gift(5));
  expect([await holdingsOf(world, nils.agent), await holdingsOf(world, ada.agent)]).toEqual([{ 0: 15 }, { 0: 25 }]);
  await expect(act(world, nils, gift(16))).rejects.toThrow('there are only 15, not 16');
  await expect(act(world, nils, gift(0))).rejects.toThrow('quantity must be at least 1');
  await expect(act(world, nils, { Give: { to: nils.agent, good: 'gold', quantity: 1 } })).rejects.toThrow(
    'nobody can give to themselves',
  );
  await expect(act(world, nils, { Give: { to: ada.agent, good: 'moonlight', quantity: 1 } })).rejects.toThrow(
    'nobody here knows a good called "moonlight"',
  );
  expect(await world.sql("SELECT * FROM event WHERE kind = 'give'")).toMatchObject([
    { version: 1, subject: nils.agent, object: ada.agent, quantity: 5, gold: 0, words: 'gold', request: 0 },
  ]);
  await act(world, ada, { Go: 'north' });
  await expect(act(world, nils, gift(1))).rejects.toThrow('Ada is not here');
});

test('at a stall scarce goods are dear, and a deal keeps to its bound', async ({ world }) => {
  // The founders' own traders would change the prices meanwhile.
  await world.call('pause_clock');
  const nils = await world.player('Nils');
  await expect(act(world, nils, { Buy: { good: 'salt', quantity: 1, gold: 20 } })).rejects.toThrow(
    'there is no stall here',
  );
  await act(world, nils, { Go: 'north' });
  await expect(act(world, nils, { Buy: { good: 'salt', quantity: 2, gold: 12 } })).rejects.toThrow(
    'that costs 13 gold, more than 12',
  );
  await act(world, nils, { Buy: { good: 'salt', quantity: 2, gold: 13 } });
  expect(await holdingsOf(world, nils.agent)).toEqual({ 0: 7, 1: 2 });
  await expect(act(world, nils, { Sell: { good: 'salt', quantity: 2, gold: 14 } })).rejects.toThrow(
    'that brings 13 gold, less than 14',
  );
  await act(world, nils, { Sell: { good: 'salt', quantity: 2, gold: 0 } });
  const deals = await world.sql(`SELECT * FROM event WHERE subject = ${nils.agent} AND object = ${NOBODY}`);
  const traded = deals.filter(({ kind }) => kind === 'buy' || kind === 'sell');
  expect(traded.sort((a, b) => Number(a['id']) - Number(b['id']))).toMatchObject([
    { kind: 'buy', quantity: 2, gold: 13, words: 'salt' },
    { kind: 'sell', quantity: 2, gold: 13, words: 'salt' },
  ]);
  expect(await holdingsOf(world, nils.agent)).toEqual({ 0: 20 });
});
