import { expect, test, type Player, type TestWorld } from '../fixture.ts';
import { contextOf, requestsOf } from './think.fixture.ts';

/** An agent of the map that never leaves its place. */
const ODO = 1;

test.beforeEach(async ({ world }) => {
  await world.call('set_tempo', [100, 30, 0]);
});

/** What the agent was told that it heard, when `asker` asks it. */
async function heardBy(world: TestWorld, asker: Player, agent: number): Promise<{ name: string; words: string }[]> {
  await world.call('ask', [agent, 'What did they say?'], asker);
  return (await contextOf(world, (await requestsOf(world)).at(-1)!.id)).payload.heard;
}

/** Walks the player to the agent, who is one exit away. */
async function walkTo(world: TestWorld, player: Player, agent: number): Promise<void> {
  const placeOf = async (id: number) => Number((await world.sql(`SELECT * FROM agent WHERE id = ${id}`))[0]?.['place']);
  const [from, to] = [await placeOf(player.agent), await placeOf(agent)];
  const [exit] = await world.sql(`SELECT * FROM exit WHERE "from" = ${from} AND "to" = ${to}`);
  await world.call('act', [{ Go: exit?.['direction'] }], player);
}

test('a mind is told the last three things said in its place, oldest first', async ({ world }) => {
  const [nils, ada] = [await world.player('Nils'), await world.player('Ada')];
  await world.call('act', [{ Say: 'Nobody at the market hears this.' }], nils);
  for (const player of [nils, ada]) await walkTo(world, player, ODO);
  for (const [player, words] of [
    [nils, 'One.'],
    [ada, 'Two.'],
    [nils, ' Three. '],
    [ada, 'Four.'],
  ] as const)
    await world.call('act', [{ Say: words }], player);
  // Only what is said in a place is heard there: no question, and nothing that was refused.
  await expect(world.call('act', [{ Say: '' }], nils)).rejects.toThrow('there is nothing to say');
  expect(await heardBy(world, nils, ODO)).toEqual([
    { name: 'Ada', words: 'Two.' },
    { name: 'Nils', words: 'Three.' },
    { name: 'Ada', words: 'Four.' },
  ]);
});

test('a mind is told what its agent said itself, and nothing where nobody spoke', async ({ world }) => {
  const [nils, thinker] = [await world.player('Nils'), await world.account('Thinker')];
  expect(await heardBy(world, nils, ODO)).toEqual([]);
  await world.call('lease', [1], thinker);
  await world.call('submit', [(await requestsOf(world))[0]!.id, 1, { Say: 'They pay in old coin.' }], thinker);
  expect(await heardBy(world, nils, ODO)).toEqual([{ name: 'Odo', words: 'They pay in old coin.' }]);
});
