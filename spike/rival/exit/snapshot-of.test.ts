import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'playwright/test';
import { survey } from '../world/geography.ts';
import { restore, holdingsOf } from '../world/state.ts';
import { advance } from '../world/tick.ts';
import { exported, LEFT_AT, NOBODY, PLAYER, request, SECOND, THINKER } from './exported.fixture.ts';
import { mapOf } from './map-of.ts';
import { readOptions } from './options.ts';
import { identityIn } from './old-token.ts';
import { snapshotOf } from './snapshot-of.ts';

const MINUTE = 60 * Number(SECOND);
const NOW = Number(LEFT_AT) + MINUTE;

test('places, routes, goods and stalls keep their numbers', () => {
  const { goods, exits, routes, keepers, newcomerPlace, map } = survey(mapOf(exported().rows));
  expect(map.places.map(({ name }) => name)).toEqual(['The Gate', 'The Market']);
  expect({ goods, exits, routes, keepers: [...keepers], newcomerPlace }).toEqual({
    goods: ['gold', 'salt'],
    exits: [[{ direction: 'north', to: 1 }], [{ direction: 'south', to: 0 }]],
    routes: [[0, 1], [1]],
    keepers: [[1, 0]],
    newcomerPlace: 1,
  });
});

test('people, goods, roles and counters move; a relay has no role here, and nobody is online', () => {
  const { newcomers, players, roles, holdings, stats, policy, tick } = snapshotOf(exported(), NOW);
  expect(newcomers.map(({ agent, name }) => [agent.id, agent.place, agent.routine, name])).toEqual([
    [0, 1, 'Rest', 'Odo'],
    [1, 0, 'Patrol', 'Garrick'],
    [2, 1, 'PlayerControlled', 'Nils'],
  ]);
  expect(players).toEqual([{ identity: PLAYER, agent: 2, online: false }]);
  expect(roles).toEqual([
    { identity: PLAYER, role: 'Player' },
    { identity: THINKER, role: 'Thinker' },
  ]);
  expect(holdings).toContainEqual({ holder: NOBODY, good: 0, quantity: 980 });
  expect(stats).toEqual({ done: 4, dead: 1, expired: 2, coalesced: 3, rejected: 0, minute: 28_333_333, calls: 7 });
  expect([policy, tick]).toEqual([{ mode: 'Slow', callsPerMinute: 90 }, 500]);
});

test('a leased question waits again at the cost of no attempt, and keeps its epoch and the time that it had left', () => {
  const [open] = snapshotOf(exported(), NOW).requests;
  expect(open).toMatchObject({ state: 'Pending', leaseOwner: '', leaseEpoch: 3, attempts: 1, refusal: 'no' });
  expect((open?.deadline ?? 0) - NOW).toBe(100 * Number(SECOND));
  expect(open?.reapAt).toBe(open?.deadline);
});

test('an ended request keeps its holder and its event', () => {
  const rows = {
    think_request: [request({ state: 'Done' })],
    think_outcome: [{ request: 9n, version: 2, audience: 1, lease_epoch: 3n, tick: 9n, event: 12n, reason: '' }],
  };
  expect(snapshotOf(exported(rows), NOW).requests[0]).toMatchObject({ state: 'Done', leaseOwner: THINKER, event: 12 });
});

test('the world ticks on, with the gold that it had', () => {
  const moved = exported();
  const world = restore(survey(mapOf(moved.rows)), [snapshotOf(moved, NOW)]);
  const gold = () => holdingsOf(world).reduce((sum, { good, quantity }) => (good === 0 ? sum + quantity : sum), 0);
  for (let tick = 1; tick <= 5; tick++) advance(world, NOW + tick * 100_000);
  expect([world.clock.tick > 504, gold()]).toEqual([true, 1_000]);
});

test('a world that stood still for a reason still does', () => {
  const moved = exported();
  const was = { paused: true, notice: 'maintenance' };
  expect(snapshotOf({ ...moved, header: { ...moved.header, was } }, NOW).clock).toMatchObject(was);
});

for (const [what, change, message] of [
  [
    'a region',
    { region: [{ id: 0, number: 2, name: 'South', epoch: 1n, residents: 3, departures: 0n, routines: 2 }] },
    'region 2',
  ],
  [
    'a gap among its agents',
    { agent: exported().rows.agent.filter(({ id }) => id !== 1) },
    'the table agent has no row 1',
  ],
  [
    'an agent without a profile',
    { agent_profile: exported().rows.agent_profile.slice(0, 2) },
    'agents have 2 profiles',
  ],
  [
    'a traveller',
    { agent: exported().rows.agent.map((row) => (row.id === 1 ? { ...row, place: NOBODY } : row)) },
    '1 agents are in another region',
  ],
  ['no world', { world: [] }, '0 founded worlds'],
  ['a number beyond 2^53', { think_request: [request({ id: 2n ** 53n })] }, '9007199254740992 is out of range'],
] as const) {
  test(`an export with ${what} is rejected`, () => {
    expect(() => snapshotOf(exported(change as never), NOW)).toThrow(message);
  });
}

for (const [args, message] of [
  [[], '0 files are named'],
  [['a', '--database', 'postgres://x/y', '--store', 'none'], '--store none is unknown: use rows, log, write-behind.'],
  [['a'], '--database is missing, and is not the address of a database: use one like postgres://'],
  [['a', '--database', 'http://x'], '--database http://x is not the address of a database'],
] as const) {
  test(`\`exit/main.ts ${args.join(' ')}\` is rejected with the fix`, () => {
    expect(() => readOptions([...args])).toThrow(message);
  });
}

test('an old token proves its identity only with the signature of the old host', () => {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = (claims: object, { privateKey } = keys, alg = 'ES256') => {
    const text = `${part({ alg, typ: 'JWT' })}.${part(claims)}`;
    const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return `${text}.${signature.toString('base64url')}`;
  };
  const claims = { hex_identity: PLAYER, sub: 's', iss: 'localhost' };
  expect(identityIn(token(claims), pem, 0)).toBe(PLAYER);
  expect(identityIn(token({ ...claims, exp: 100 }), pem, 99)).toBe(PLAYER);
  expect(() => identityIn(token({ ...claims, exp: 100 }), pem, 100)).toThrow('this token has expired');
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  for (const forged of [
    token(claims, stranger),
    token(claims, keys, 'none'),
    token(claims).replace(/\.[^.]+\./, `.${part({ ...claims, hex_identity: THINKER })}.`),
  ])
    expect(() => identityIn(forged, pem, 0)).toThrow('the host with this key did not sign this token');
  expect(() => identityIn('nonsense', pem, 0)).toThrow('this is not a token of a host');
});
