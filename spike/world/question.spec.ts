import { expect, test, type TestWorld } from '../fixture.ts';
import type { Account } from '../host/api.ts';
import { everybodyReflects, queueOf, requestsOf } from './think.fixture.ts';

/** The agent of the map with that name. */
const NAMES = ['Mira', 'Odo', 'Tamsin', 'Brannoc'];
const say = { Say: 'They pay in old coin.' };

test.beforeEach(async ({ world }) => {
  // Nobody thinks by routine here.
  await world.call('set_tempo', [100, 30, 0]);
});

/** The agents whose requests are leased, in the order of their requests. */
const leasedAgents = async (world: TestWorld) =>
  (await requestsOf(world)).filter(({ state }) => state === 'Leased').map(({ agent }) => agent);

async function answer(world: TestWorld, thinker: Account): Promise<void> {
  for (const { id, state, epoch } of await requestsOf(world))
    if (state === 'Leased') await world.call('submit', [id, epoch, say], thinker);
}

test('questions are leased before reflections that are older, the oldest question first', async ({ world }) => {
  const [nils, thinker] = [await world.player('Nils'), await world.account('Thinker')];
  await everybodyReflects(world);
  for (const agent of [7, 3]) await world.call('ask', [agent, 'Well?'], nils);
  await world.call('lease', [1], thinker);
  expect(await leasedAgents(world)).toEqual([7]);
  await world.call('lease', [1], thinker);
  expect(await leasedAgents(world)).toEqual([7, 3]);
  await world.call('lease', [2], thinker);
  const reflections = (await requestsOf(world)).filter(({ asker }) => asker !== nils.agent);
  expect(reflections.map(({ state }) => state).slice(0, 3)).toEqual(['Leased', 'Leased', 'Pending']);
});

test('a question replaces a pending reflection of the same agent, which counts as coalesced', async ({ world }) => {
  const nils = await world.player('Nils');
  await everybodyReflects(world);
  const before = await queueOf(world);
  await world.call('ask', [0, 'Well?'], nils);
  const ofMira = (await requestsOf(world)).filter(({ agent }) => agent === 0);
  expect(ofMira).toMatchObject([{ asker: nils.agent, state: 'Pending' }]);
  expect(await queueOf(world)).toEqual({ ...before, coalesced: before['coalesced']! + 1 });
  expect(await world.sql('SELECT * FROM think_context')).toHaveLength(30);
});

test('a question is thought next to a reflection that is leased, and each acts once', async ({ world }) => {
  const [nils, thinker] = [await world.player('Nils'), await world.account('Thinker')];
  await everybodyReflects(world);
  await world.call('lease', [30], thinker);
  await world.call('ask', [0, 'Well?'], nils);
  await world.call('lease', [1], thinker);
  expect((await leasedAgents(world)).filter((agent) => agent === 0)).toHaveLength(2);
  await answer(world, thinker);
  const said = await world.sql("SELECT * FROM event WHERE subject = 0 AND kind = 'say'");
  expect(said.map(({ object }) => object).sort()).toEqual([nils.agent, 4_294_967_295].sort());
  expect(await queueOf(world)).toMatchObject({ pending: 0, leased: 0, done: 31 });
});

test('while a question is open, pending or leased, a reflection of its agent is only counted', async ({ world }) => {
  const [nils, thinker] = [await world.player('Nils'), await world.account('Thinker')];
  await world.call('ask', [0, 'Well?'], nils);
  await world.call('ask', [1, 'Well?'], nils);
  await world.call('lease', [1], thinker);
  await world.call('set_tempo', [20, 1, 1]);
  await expect.poll(async () => (await queueOf(world))['coalesced']).toBeGreaterThan(30);
  const requests = await requestsOf(world);
  expect(requests).toHaveLength(30);
  expect(requests.filter(({ agent }) => agent < 2).map(({ asker }) => asker)).toEqual([nils.agent, nils.agent]);
});

for (const leases of [0, 1]) {
  test(`a question to an agent whose question is ${leases ? 'leased' : 'pending'} names who asked it`, async ({
    world,
  }) => {
    const [nils, ada] = [await world.player('Nils'), await world.player('Ada')];
    await world.call('ask', [0, 'Who goes there?'], nils);
    await world.call('lease', [leases], await world.account('Thinker'));
    const lost = 'Mira is lost in thought already, about';
    await expect(world.call('ask', [0, 'And I?'], ada)).rejects.toThrow(`${lost} Nils's question`);
    await expect(world.call('ask', [0, 'And now?'], nils)).rejects.toThrow(`${lost} your question`);
    expect(await requestsOf(world)).toHaveLength(1);
  });
}

test('an agent that has answered can be asked again, by anybody', async ({ world }) => {
  const [nils, ada] = [await world.player('Nils'), await world.player('Ada')];
  const thinker = await world.account('Thinker');
  for (const player of [nils, ada, nils]) {
    await world.call('ask', [0, 'Well?'], player);
    await world.call('lease', [1], thinker);
    await answer(world, thinker);
  }
  expect(await queueOf(world)).toMatchObject({ done: 3 });
});

test('rejects a fourth open question of a player and names those who still think', async ({ world }) => {
  const [nils, ada, thinker] = [await world.player('Nils'), await world.player('Ada'), await world.account('Thinker')];
  for (const agent of [0, 1, 2]) await world.call('ask', [agent, 'Well?'], nils);
  const fourth = () => world.call('ask', [3, 'Well?'], nils);
  const refusal = `${NAMES[0]}, ${NAMES[1]} and ${NAMES[2]} still think about your questions, and 3 at once are the most`;
  await expect(fourth()).rejects.toThrow(refusal);
  // A question that somebody thinks about is as open as one that waits, and other people's do not count.
  await world.call('lease', [1], thinker);
  await expect(fourth()).rejects.toThrow(refusal);
  await world.call('ask', [3, 'Well?'], ada);
  await answer(world, thinker);
  await world.call('ask', [4, 'Well?'], nils);
});

test('yourself, another player and nobody cannot be asked', async ({ world }) => {
  const [nils, ada] = [await world.player('Nils'), await world.player('Ada')];
  await expect(world.call('ask', [nils.agent, 'Hello?'], nils)).rejects.toThrow('you cannot ask yourself');
  await expect(world.call('ask', [ada.agent, 'Hello?'], nils)).rejects.toThrow(
    'Ada is a player, and players answer for themselves',
  );
  for (const nobody of [999, 4_294_967_295])
    await expect(world.call('ask', [nobody, 'Hello?'], nils)).rejects.toThrow(`there is no agent ${nobody}`);
  await expect(world.call('ask', [0, ' '], nils)).rejects.toThrow('there is nothing to say');
  expect(await requestsOf(world)).toHaveLength(0);
});
