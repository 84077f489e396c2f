import { connect, type Link } from '../client/connect.ts';
import { memoryTokens } from '../client/token-store.ts';
import { expect, test, type TestWorld } from '../fixture.ts';
import type { Account } from '../host/api.ts';

const isOnline = async (world: TestWorld, agent: number) =>
  (await world.sql(`SELECT online FROM player WHERE agent = ${agent}`))[0]?.['online'];
/** Open connections, without the one that asks. */
const sessionsOf = async (world: TestWorld) => (await world.sql('SELECT * FROM session')).length;

const links: Link[] = [];
test.afterEach(() => links.splice(0).forEach((link) => link.close()));

async function enter({ host, database }: TestWorld, account: Account): Promise<Link> {
  const link = connect({ url: host.url, database, tokens: memoryTokens(account.token), queries: [] });
  links.push(link);
  await link.firstLive;
  return link;
}

test('a player is online from the first connection to the end of the last', async ({ world }) => {
  const nils = await world.player('Nils');
  const ada = await world.player('Ada');
  await expect.poll(() => isOnline(world, nils.agent)).toBe(false);
  const first = await enter(world, nils);
  await expect.poll(() => isOnline(world, nils.agent)).toBe(true);
  const second = await enter(world, nils);
  const both = await sessionsOf(world);
  first.close();
  await expect.poll(() => sessionsOf(world)).toBe(both - 1);
  expect(await isOnline(world, nils.agent)).toBe(true);
  expect(await isOnline(world, ada.agent)).toBe(false);
  second.close();
  await expect.poll(() => isOnline(world, nils.agent)).toBe(false);
});

test('somebody who joins on an open connection is online at once', async ({ world }) => {
  const account = await world.account();
  const link = await enter(world, account);
  const others = await sessionsOf(world);
  await world.call('join', ['Nils'], account);
  const [{ id } = {}] = await world.sql("SELECT id FROM agent_profile WHERE name = 'Nils'");
  expect(await isOnline(world, Number(id))).toBe(true);
  link.close();
  await expect.poll(() => isOnline(world, Number(id))).toBe(false);
  expect(await sessionsOf(world)).toBeLessThan(others);
});
