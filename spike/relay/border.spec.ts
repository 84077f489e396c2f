import { setTimeout as sleep } from 'node:timers/promises';
import {
  expect,
  FROM_NORTH,
  FROM_SOUTH,
  goodsOf,
  greetEachOther,
  livesIn,
  SOUTH_FIRST,
  test,
  WAIT_MS,
  type Border,
  type RegionUnderTest,
} from './border.fixture.ts';
import { openLine } from './line.fixture.ts';

const sumOf = async (region: RegionUnderTest) =>
  (await region.sql('SELECT * FROM holding')).reduce((sum, { quantity }) => sum + Number(quantity), 0);

test('agents of two regions have ids that no other region gives out', async ({ border: { north, south } }) => {
  expect(await livesIn(north)).toEqual([0, 1]);
  expect(await livesIn(south)).toEqual([SOUTH_FIRST, SOUTH_FIRST + 1]);
});

test('a player crosses with gold and goods, plays on, and comes home', async ({ border, world }) => {
  const { north, south } = border;
  const mira = await world.player('Mira');
  border.relay();
  await expect.poll(() => north.sql('SELECT * FROM peer')).toHaveLength(1);
  await expect.poll(() => south.sql('SELECT * FROM peer')).toHaveLength(1);
  await north.call('act', [{ Go: 'over' }], mira);
  await expect(north.call('act', [{ Say: 'Wait!' }], mira)).rejects.toThrow('Mira has left for another region');
  await expect.poll(() => livesIn(south)).toContain(mira.agent);
  expect(await livesIn(north)).not.toContain(mira.agent);
  expect([await goodsOf(north, mira.agent), await goodsOf(south, mira.agent)]).toEqual([[], [[0, 20]]]);

  await south.call('act', [{ Say: 'Good day, South.' }], mira);
  await south.call('act', [{ Give: { to: SOUTH_FIRST, good: 'gold', quantity: 5 } }], mira);
  await south.call('act', [{ Go: 'over' }], mira);
  await expect.poll(() => livesIn(north)).toContain(mira.agent);
  expect(await goodsOf(north, mira.agent)).toEqual([[0, 15]]);
  expect(await south.sql(`SELECT * FROM agent_profile WHERE id = ${mira.agent}`)).toEqual([]);
  await north.call('act', [{ Go: 'in' }], mira);
  expect((await sumOf(north)) + (await sumOf(south))).toBe(2 * (1_000 + 2 * 13));
  await expect
    .poll(async () => [...(await north.sql('SELECT * FROM departure')), ...(await south.sql('SELECT * FROM arrival'))])
    .toEqual([]);
});

test('each step may come twice, and none may come early', async ({ border, world }) => {
  const { north, south, porter } = border;
  const mira = await world.player('Mira');
  await greetEachOther(border);
  await north.call('act', [{ Go: 'over' }], mira);
  const [offer] = await north.sql('SELECT * FROM departure');
  const admit = () => south.call('admit', [FROM_NORTH, 'South Gate', offer?.['traveller']], porter);
  await expect(south.call('activate', [FROM_NORTH], porter)).rejects.toThrow('was not admitted here');
  await expect(north.call('forget_departure', [FROM_NORTH], porter)).rejects.toThrow('is not over');
  await admit();
  await admit();
  await expect(south.call('forget_arrival', [FROM_NORTH], porter)).rejects.toThrow('is not over');
  expect(await livesIn(south)).not.toContain(mira.agent);
  for (const again of [1, 2])
    await north.call('release', [FROM_NORTH], porter).catch((error) => expect([again, error]).toBe(0));
  await expect(north.call('take_back', [FROM_NORTH, 'no room'], porter)).rejects.toThrow('was released');
  for (const _ of [1, 2]) await south.call('activate', [FROM_NORTH], porter);
  expect(await goodsOf(south, mira.agent)).toEqual([[0, 20]]);
  for (const _ of [1, 2]) await north.call('forget_departure', [FROM_NORTH], porter);
  for (const _ of [1, 2]) await south.call('forget_arrival', [FROM_NORTH], porter);
  await expect(admit()).rejects.toThrow('is over');
});

for (const [what, spoil, reason] of [
  [
    'a name that is taken beyond the border',
    async ({ south, api }: Border) => {
      await south.call('join', ['Mira'], await api.createAccount());
    },
    'somebody is called Mira already',
  ],
  ['a border that leads nowhere', async () => {}, 'there is no place called Nowhere'],
] as const) {
  test(`${what} turns the traveller back with the reason, and nothing is lost`, async ({ border, world }) => {
    const { north, south, porter } = border;
    const mira = await world.player('Mira');
    await spoil(border);
    await greetEachOther(border);
    await north.call('act', [{ Go: 'over' }], mira);
    const [offer] = await north.sql('SELECT * FROM departure');
    await south.call(
      'admit',
      [FROM_NORTH, reason.includes('Nowhere') ? 'Nowhere' : 'South Gate', offer?.['traveller']],
      porter,
    );
    const [arrival] = await south.sql('SELECT * FROM arrival');
    expect(arrival?.['reason']).toContain(reason);
    await expect(south.call('activate', [FROM_NORTH], porter)).rejects.toThrow(reason);
    await north.call('take_back', [FROM_NORTH, arrival?.['reason']], porter);
    expect(await goodsOf(north, mira.agent)).toEqual([[0, 20]]);
    await north.call('act', [{ Go: 'in' }], mira);
    expect((await north.sql("SELECT * FROM event WHERE kind = 'turn_back'")).map(({ words }) => words)).toEqual([
      arrival?.['reason'],
    ]);
  });
}

test('a journey that nobody but a relay could have sent is refused, and a copy of an old one changes nothing', async ({
  border,
}) => {
  const { south, porter, api } = border;
  const forged = {
    agent: 1,
    name: 'Olaf',
    persona: '',
    routine: { Wander: [] },
    hops: 1,
    load: [{ good: 'gold', quantity: 99 }],
    player: { none: [] },
  };
  const admit = (number: number): [string, unknown[]] => ['admit', [number, 'South Gate', forged]];
  await expect(south.call(...admit(FROM_NORTH), await api.createAccount())).rejects.toThrow('only the role Relay');
  await expect(south.call(...admit(FROM_NORTH), porter)).rejects.toThrow('no relay has greeted region 0');
  await greetEachOther(border);
  await expect(south.call(...admit(FROM_SOUTH), porter)).rejects.toThrow('no relay has greeted region 1');
  await south.call('admit', [FROM_NORTH, 'South Gate', { ...forged, agent: SOUTH_FIRST, name: 'Runa' }], porter);
  expect((await south.sql('SELECT * FROM arrival'))[0]?.['reason']).toBe('Runa lives there and has not left');
});

test('a row of a host that no longer answers does not become old', async ({ border, world }) => {
  const { north, south, api } = border;
  const mira = await world.player('Mira');
  const line = await openLine(Number(new URL(api.url).port));
  border.relay(3 * WAIT_MS, line.url);
  await expect.poll(() => north.sql("SELECT * FROM peer WHERE shut = ''")).toHaveLength(1);
  await north.call('act', [{ Go: 'over' }], mira);
  await sleep(WAIT_MS);
  // As when its power fails: nothing closes the connection, and the relay goes on to show what it was told last.
  line.cut();
  await sleep(6 * WAIT_MS);
  expect(await south.sql('SELECT * FROM arrival')).toEqual([]);
  line.mend();
  await expect.poll(() => livesIn(south)).toContain(mira.agent);
  line.close();
});

test('two relays at once carry everybody once', async ({ border, world }) => {
  const { north, south } = border;
  border.relay();
  border.relay();
  const people = await Promise.all(['Mira', 'Sigrun', 'Tove', 'Unn', 'Yrsa'].map((name) => world.player(name)));
  await expect.poll(() => north.sql("SELECT * FROM peer WHERE shut = ''")).toHaveLength(1);
  for (const person of people) await north.call('act', [{ Go: 'over' }], person);
  await expect.poll(() => livesIn(south)).toHaveLength(2 + people.length);
  expect(await livesIn(north)).toHaveLength(2);
  expect((await sumOf(north)) + (await sumOf(south))).toBe(2 * (1_000 + 2 * 13));
});

test('while the other region does not answer, its border is shut and says so', async ({ border, world }) => {
  const { north, porter } = border;
  const mira = await world.player('Mira');
  await expect(north.call('act', [{ Go: 'over' }], mira)).rejects.toThrow('no relay serves it');
  await greetEachOther(border);
  await north.call('shut_border', [1, 'it does not answer'], porter);
  await expect(north.call('act', [{ Go: 'over' }], mira)).rejects.toThrow(
    'the border to South is shut: it does not answer',
  );
  await north.call('act', [{ Go: 'in' }], mira);
});
