import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryTokens } from '../client/token-store.ts';
import { identityArgument } from '../host/api.ts';
import { startHost, type Host } from '../host/host.ts';
import { buildModule } from '../host/module.ts';
import { startScript, type Program } from '../program.fixture.ts';
import { expect, mapOf, test, type Border } from '../relay/border.fixture.ts';
import { openLine } from '../relay/line.fixture.ts';
import { Region } from '../relay/region.ts';
import { Relay } from '../relay/relay.ts';

interface Terminal extends Program {
  type(...lines: string[]): void;
  end(): Promise<number | null>;
}

const slow = { timeout: 20_000 };

/** The text client in a world of several regions, reading from a pipe. */
function play(regions: string[], name: string, folder: string, ...options: string[]): Terminal {
  const where = regions.flatMap((region) => ['--region', region]);
  const who = ['--name', name, '--token-file', join(folder, `${name}.json`)];
  const program = startScript('spike/text/main.ts', [...where, ...who, ...options]);
  return {
    ...program,
    type: (...lines) => void program.child.stdin.write(`${lines.join('\n')}\n`),
    end() {
      program.child.stdin.end();
      return program.ended;
    },
  };
}

const regionsOf = ({ north, south }: Border, url: string) => [north, south].map(({ database }) => `${url}/${database}`);

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

test('regions that do not belong together are named, and nobody enters', async ({ border, world, binary, folder }) => {
  const [north = ''] = regionsOf(border, world.host.url);
  const twice = play([north, north.replace('127.0.0.1', 'localhost')], 'Mira', folder);
  expect(await twice.ended).toBe(1);
  expect(twice.output()).toContain('are both region 0, so they are not two regions of one world.');
  const other = await startHost({ binary, folder: join(folder, 'other') });
  try {
    const mira = play([north, `${other.url}/south`], 'Mira', folder);
    expect(await mira.ended).toBe(1);
    expect(mira.output()).toContain(
      `south at ${other.url} rejects the identity that another region knows: the hosts of one world must share the key`,
    );
  } finally {
    await other.stop();
  }
});

test('while a region is down its people wait, and go on when it is back', async ({ binary, folder }) => {
  test.setTimeout(90_000);
  const [inNorth, inSouth] = [join(folder, 'north'), join(folder, 'south')];
  const north = await startHost({ binary, folder: inNorth });
  cpSync(join(inNorth, 'keys'), join(inSouth, 'keys'), { recursive: true });
  let south = await startHost({ binary, folder: inSouth });
  const regions = [`${north.url}/north`, `${south.url}/south`];
  const relay = await found(north, south);
  const { port } = south;
  try {
    const mira = play(regions, 'Mira', folder, '--wait', '20');
    await expect.poll(mira.output, slow).toContain('Exits: in, over (to South).');
    mira.type('over');
    await expect.poll(mira.output, slow).toContain('You arrive in South.');
    await south.stop();
    await expect.poll(mira.output, slow).toContain('South does not answer (');
    mira.type('look', 'who');
    await expect.poll(mira.output).toContain('South does not answer, so nothing was done. Reconnecting.');
    await expect.poll(mira.output).toMatch(/North: 2 live here.*\nSouth does not answer\./);
    south = await startHost({ binary, folder: inSouth, port, databases: ['south'] });
    await expect.poll(mira.output, slow).toContain('South answers again.');
    mira.type('say I am still here.');
    await expect.poll(mira.output).toContain('You say: I am still here.');
    expect(await mira.end()).toBe(0);
  } finally {
    relay.close();
    await north.stop();
    await south.stop();
  }
});

/** Founds a region on each host, and lets a relay serve them until the border between them is open. */
async function found(north: Host, south: Host): Promise<Relay> {
  const { wasm } = await buildModule('production', console.log);
  const owner = await north.api.createAccount();
  const porter = await north.api.createAccount();
  const maps = [
    mapOf('North', ['Ada', 'Olaf'], { region: 1, to: 'South Gate' }),
    mapOf('South', ['Sif', 'Nils'], { region: 0, to: 'North Gate' }),
  ];
  const regions: Region[] = [];
  for (const [number, { api, url }] of [north, south].entries()) {
    const database = ['north', 'south'][number]!;
    await api.publish(database, wasm, owner);
    await api.call(database, 'set_region', [number, ['North', 'South'][number]], owner);
    await api.call(database, 'grant_role', [identityArgument(porter), { Relay: [] }], owner);
    await api.call(database, 'found_world', [maps[number]], owner);
    await api.call(database, 'pause_clock', [], owner);
    regions.push(new Region({ url, database, tokens: memoryTokens(porter.token) }));
  }
  const relay = new Relay(regions, { waitMs: 100, log: () => {} });
  await expect.poll(() => north.api.sql('north', 'SELECT * FROM peer', owner)).toHaveLength(1);
  await expect.poll(() => south.api.sql('south', 'SELECT * FROM peer', owner)).toHaveLength(1);
  return relay;
}
