import {
  expect,
  FROM_NORTH,
  FROM_SOUTH,
  goodsOf,
  greetEachOther,
  livesIn,
  SOUTH_FIRST,
  test,
} from './border.fixture.ts';

const NORTH_RESIDENTS = 2;
/** As many may have joined since any copy, so a higher epoch keeps as many ids back. */
const MAX_PLAYERS = 1_000;

test('a region whose journeys count backwards is shut out until its owner raises its epoch', async ({
  border,
  world,
}) => {
  const { north, south, porter } = border;
  const mira = await world.player('Mira');
  await greetEachOther(border);
  await north.call('act', [{ Go: 'over' }], mira);
  const [offer] = await north.sql('SELECT * FROM departure');
  await south.call('admit', [FROM_NORTH, 'South Gate', offer?.['traveller']], porter);
  const restored = { id: 0, number: 0, name: 'North', epoch: 1, residents: 3, departures: 0, routines: 2 };
  await south.call('greet', [restored], porter);
  expect(await south.sql('SELECT * FROM peer')).toMatchObject([
    { shut: 'North counts its journeys from an older copy of itself: raise its epoch above 1' },
  ]);
  await expect(south.call('activate', [FROM_NORTH], porter)).resolves.toBeUndefined();
  await expect(south.call('act', [{ Go: 'over' }], mira)).rejects.toThrow('the border to North is shut');
  await south.call('greet', [{ ...restored, epoch: 2 }], porter);
  await south.call('act', [{ Go: 'over' }], mira);
});

test('a relay that starts after a region was restored compares how far its journeys count', async ({ border }) => {
  const { north, south, porter } = border;
  await greetEachOther(border);
  const visitor = {
    agent: SOUTH_FIRST,
    name: 'Runa',
    persona: '',
    routine: { Wander: [] },
    hops: 1,
    load: [],
    player: { none: [] },
  };
  // The south has no such journey: it is older than what the north has seen of it, and nobody has raised its epoch.
  await north.call('admit', [FROM_SOUTH, 'North Gate', visitor], porter);
  border.relay();
  await expect
    .poll(async () => (await north.sql('SELECT * FROM peer'))[0]?.['shut'])
    .toBe('South counts its journeys from an older copy of itself: raise its epoch above 1');
  await south.call('raise_epoch', [2]);
  await expect.poll(() => north.sql('SELECT * FROM peer')).toMatchObject([{ epoch: 2, shut: '' }]);
});

test('of two copies the later stays, and somebody without a copy comes back', async ({ border }) => {
  const { north, south, porter } = border;
  await greetEachOther(border);
  await north.call('supersede', [1, 4, 1], porter);
  expect([await livesIn(north), await goodsOf(north, 1)]).toEqual([[0], []]);
  await expect(north.call('supersede', [1, 4, 1], porter)).rejects.toThrow('nothing is older');
  const olaf = {
    agent: 1,
    name: 'Olaf',
    persona: '',
    routine: { Wander: [] },
    hops: 5,
    load: [{ good: 'salt', quantity: 2 }],
    player: { none: [] },
  };
  await north.call('recover', [olaf, 'South'], porter);
  expect([await livesIn(north), await goodsOf(north, 1)]).toEqual([[0, 1], [[1, 2]]]);
  await expect(north.call('recover', [{ ...olaf, hops: 6 }, 'South'], porter)).rejects.toThrow('Olaf is here');
  expect(await livesIn(south)).toHaveLength(2);
});

test('who joined after the copy was made keeps their id, and comes home', async ({ border, world }) => {
  const { north, south, porter } = border;
  await greetEachOther(border);
  // The north is a copy from before Mira joined it and left for the south. The south has her passport.
  await north.call('raise_epoch', [2]);
  await greetEachOther(border);
  const newcomer = await world.player('Sigrun');
  expect(newcomer.agent).toBe(NORTH_RESIDENTS + MAX_PLAYERS);
  const mira = {
    agent: NORTH_RESIDENTS,
    name: 'Mira',
    persona: 'A player.',
    routine: { PlayerControlled: [] },
    hops: 2,
    load: [],
    player: { none: [] },
  };
  await north.call('admit', [FROM_SOUTH, 'North Gate', mira], porter);
  await north.call('activate', [FROM_SOUTH], porter);
  expect(await livesIn(north)).toContain(mira.agent);
  expect(await north.sql('SELECT * FROM visitor')).toEqual([]);
  const unknown = { ...mira, agent: newcomer.agent + 1, name: 'Tove' };
  await north.call('admit', [FROM_SOUTH + 1, 'North Gate', unknown], porter);
  expect(await north.sql(`SELECT reason FROM arrival WHERE number = ${FROM_SOUTH + 1}`)).toEqual([
    { reason: `nobody there ever had the id ${unknown.agent}` },
  ]);
  expect(await livesIn(south)).toHaveLength(2);
});
