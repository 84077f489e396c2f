import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, type Border } from '../relay/border.fixture.ts';
import { openLine } from '../relay/line.fixture.ts';
import { play, regionsOf } from './terminal-program.fixture.ts';

const slow = { timeout: 20_000 };

async function isOpen({ north, south }: Border): Promise<void> {
  for (const region of [north, south]) await expect.poll(() => region.sql('SELECT * FROM peer')).toHaveLength(1);
}

const times = (text: string, part: string) => text.split(part).length - 1;

test('a person crosses, loses no line, hears none twice, and is at home on both sides', async ({
  border,
  world,
  folder,
}) => {
  const { north, south, api } = border;
  border.relay();
  await isOpen(border);
  const tove = await world.player('Tove');
  const sif = await api.createAccount();
  await south.call('join', ['Sif'], sif);
  const mira = play(regionsOf(border, world.host.url), 'Mira', folder);
  await expect.poll(mira.output, slow).toContain('Exits: in, over (to South).');
  await north.call('act', [{ Say: 'Farewell, Mira.' }], tove);
  mira.type('over', 'say Good day, South.');
  await expect.poll(mira.output, slow).toContain('You say: Good day, South.');
  await south.call('act', [{ Say: 'Welcome, Mira.' }], sif);
  await north.call('act', [{ Say: 'She is gone.' }], tove);
  await expect.poll(mira.output).toContain('Sif says: Welcome, Mira.');
  expect(mira.output()).toMatch(
    /Tove says: Farewell, Mira\.\nYou leave for South\.\nYou arrive in South\.\nSouth Gate\. A gate\.\nExits: in, over \(to North\)\.\n/,
  );
  mira.type('who', 'in', 'out', 'over');
  await expect.poll(mira.output, slow).toContain('You arrive in North.\nNorth Gate.');
  expect(mira.output()).toContain('North: 3 live here. Players: Tove, asleep at North Gate.');
  expect(mira.output()).toMatch(/South: 4 live here\. Players: .*you, from North, at South Gate/);
  expect(mira.output()).toContain('South Hall. A hall.');
  for (const line of [
    'Farewell, Mira.',
    'Good day, South.',
    'Welcome, Mira.',
    'You arrive in South.',
    'You arrive in North.',
  ])
    expect([line, times(mira.output(), line)]).toEqual([line, 1]);
  expect(mira.output()).not.toContain('She is gone.');
  expect(await mira.end()).toBe(0);
});

test('a visitor shows their home, and those who stay behind see them leave and come', async ({
  border,
  world,
  folder,
}) => {
  const { south, north } = border;
  border.relay();
  await isOpen(border);
  const url = world.host.url;
  const tove = play([`${url}/${north.database}`], 'Tove', folder);
  await expect.poll(tove.output, slow).toContain('Exits: in, over (to South).');
  const sif = play([`${url}/${south.database}`], 'Sif', folder);
  await expect.poll(sif.output, slow).toContain('Exits: in, over (to North).');
  const mira = await world.player('Mira');
  await north.call('act', [{ Go: 'over' }], mira);
  await expect.poll(sif.output, slow).toContain('Mira arrives from North');
  expect(tove.output()).toContain('Mira leaves over, over the border');
  sif.type('look', 'who');
  await expect.poll(sif.output).toContain('Mira (a player, from North)');
  await expect.poll(() => north.sql('SELECT * FROM departure')).toEqual([]);
  tove.type('who');
  await expect.poll(tove.output).toContain('Mira, away in South');
  expect(tove.output()).toContain('3 live here.');
  await south.call('act', [{ Go: 'over' }], mira);
  await expect.poll(tove.output, slow).toContain('Mira arrives from South');
  expect(await Promise.all([tove.end(), sif.end()])).toEqual([0, 0]);
});

test('at a border commands get a clear answer, and a client that starts there waits there', async ({
  border,
  world,
  folder,
}) => {
  const { north, south, porter } = border;
  for (const [here, there] of [
    [north, south],
    [south, north],
  ] as const)
    await here.call('greet', [(await there.sql('SELECT * FROM region'))[0]], porter);
  const regions = regionsOf(border, world.host.url);
  const first = play(regions, 'Mira', folder, '--wait', '0');
  await expect.poll(first.output, slow).toContain('Exits: in, over (to South).');
  first.type('over', 'say Hello?', 'inventory', 'look', 'who');
  await expect.poll(first.output).toContain('Players: you, on the way to South');
  expect(first.output()).toContain("You can't say: you are at the border to South, so wait until you arrive.");
  expect(first.output()).toContain("You can't inventory: you are at the border to South");
  expect(first.output()).toContain('You are at the border to South, and go on as soon as it lets you in.');
  await expect.poll(first.output, slow).toContain('You are still at the border to South');
  expect(await first.end()).toBe(0);

  const second = play(regions, 'Mira', folder, '--wait', '0');
  await expect.poll(second.output, slow).toContain('You are Mira.');
  await expect.poll(second.output).toContain('You are at the border to South, and go on');
  border.relay();
  await expect.poll(second.output, slow).toContain('You arrive in South.\nSouth Gate.');
  expect(await second.end()).toBe(0);

  const third = play(regions.toReversed(), 'Mira', folder, '--wait', '0');
  await expect.poll(third.output, slow).toContain('South Gate.');
  expect(await third.end()).toBe(0);
  expect(await world.sql('SELECT * FROM player')).toHaveLength(1);
});

test('a client begins where its person is, also when that region answers last', async ({ border, world, folder }) => {
  const { north, south } = border;
  border.relay();
  await isOpen(border);
  const first = play(regionsOf(border, world.host.url), 'Mira', folder);
  await expect.poll(first.output, slow).toContain('Exits: in, over (to South).');
  first.type('over');
  await expect.poll(first.output, slow).toContain('You arrive in South.');
  expect(await first.end()).toBe(0);

  const line = await openLine(Number(new URL(world.host.url).port));
  line.cut();
  const second = play([`${world.host.url}/${north.database}`, `${line.url}/${south.database}`], 'Mira', folder);
  await expect.poll(() => line.connections, slow).toBeGreaterThan(0);
  // The north alone answers now, and tells that its person lives in the south.
  await sleep(1_500);
  line.mend();
  await expect.poll(second.output, slow).toContain('South Gate.');
  expect(second.output()).not.toContain('nothing was done');
  expect(await second.end()).toBe(0);
  line.close();
});

test('somebody who is turned back sees the reason, and plays on', async ({ border, world, folder }) => {
  border.relay();
  await isOpen(border);
  const runa = play(regionsOf(border, world.host.url), 'Runa', folder);
  await expect.poll(runa.output, slow).toContain('Exits: in, over (to South).');
  runa.type('over', 'in');
  await expect.poll(runa.output, slow).toContain('North Hall.');
  expect(runa.output()).toMatch(
    /You leave for South\.\nYou turn back at the border: somebody is called Runa already.*\.\nNorth Gate\./,
  );
  expect(await runa.end()).toBe(0);
});

test('a client that knows one region says so when its person leaves it', async ({ border, world, folder }) => {
  const { north } = border;
  border.relay();
  await isOpen(border);
  const mira = play([`${world.host.url}/${north.database}`], 'Mira', folder);
  await expect.poll(mira.output, slow).toContain('Exits: in, over (to South).');
  mira.type('over', 'look');
  await expect.poll(mira.output, slow).toContain('You arrive in South.\nThis client has no address of South');
  expect(await mira.end()).toBe(0);
});
