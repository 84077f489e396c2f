import { TABLES, type Row, type Rows } from '../../export/file/rows.ts';
import type { WorldExport } from '../../export/file/reader.ts';

export const NOBODY = 4_294_967_295;
export const PLAYER = 'a1'.repeat(32);
export const THINKER = 'b2'.repeat(32);
/** When the world was exported, in microseconds since 1970. */
export const LEFT_AT = 1_700_000_000_000_000n;
export const SECOND = 1_000_000n;

type Request = Row<'think_request'>;

/** A leased question of the player to the keeper, 20 s old. */
export function request(change: Partial<Request> = {}): Request {
  return {
    id: 9n,
    version: 2,
    audience: 1,
    agent: 0,
    asker: 2,
    priority: 'Question',
    state: 'Leased',
    attempts: 1,
    lease_epoch: 3n,
    lease_owner: THINKER,
    leased_at: LEFT_AT - 5n * SECOND,
    asked_at: LEFT_AT - 20n * SECOND,
    not_before: LEFT_AT - 20n * SECOND,
    deadline: LEFT_AT + 100n * SECOND,
    reap_at_us: LEFT_AT + 25n * SECOND,
    ...change,
  };
}

const body = (id: number, place: number, routine: Row<'agent'>['routine'], route = NOBODY) => ({
  id,
  place,
  place_key: (BigInt(place) << 32n) | BigInt(id),
  routine,
  route,
  step: 0,
});
const profile = (id: number, name: string) => ({ id, name, handle: name.toLowerCase(), persona: `${name} persona` });
const holding = (holder: number, good: number, quantity: number) => ({
  id: (BigInt(holder) << 32n) | BigInt(good),
  holder,
  good,
  quantity,
});

const LAND: Partial<Rows> = {
  world: [{ id: 0, name: 'Two places', founded_at: 1n, newcomer_place: 1, newcomer_gold: 20 }],
  region: [{ id: 0, number: 0, name: '', epoch: 1n, residents: 3, departures: 0n, routines: 2 }],
  place: [
    { id: 1, name: 'The Market', description: 'Awnings.' },
    { id: 0, name: 'The Gate', description: 'Wind.' },
  ],
  exit: [
    { id: 0, from: 0, direction: 'north', to: 1 },
    { id: 1, from: 1, direction: 'south', to: 0 },
  ],
  route: [
    { id: 0, stops: [0, 1] },
    { id: 1, stops: [1] },
  ],
  good: [
    { id: 0, name: 'gold' },
    { id: 1, name: 'salt' },
  ],
  stall: [{ place: 1, keeper: 0 }],
};

const PEOPLE: Partial<Rows> = {
  agent: [body(2, 1, 'PlayerControlled'), body(0, 1, 'Rest', 1), body(1, 0, 'Patrol', 0)],
  agent_profile: [profile(0, 'Odo'), profile(1, 'Garrick'), profile(2, 'Nils')],
  holding: [holding(NOBODY, 0, 980), holding(2, 0, 20), holding(0, 1, 5)],
  player: [{ identity: PLAYER, agent: 2, online: true }],
  role_grant: [
    { identity: PLAYER, role: 'Player', audience: 3 },
    { identity: THINKER, role: 'Thinker', audience: 1 },
    { identity: 'c3'.repeat(32), role: 'Relay', audience: 4 },
  ],
};

/** A keeper at a stall, a patrol and a player in two places, with one open question. */
export function exported(change: Partial<Rows> = {}): WorldExport {
  const empty = Object.fromEntries(TABLES.map((table) => [table, []])) as unknown as Rows;
  const was = { paused: false, notice: '' };
  const [clock, context] = [
    { id: 0, tick: 500n, now: LEFT_AT - SECOND, period_us: 100_000n, act_every: 1, reflect_every: 0 },
    { request: 9n, version: 3, audience: 1, observed_tick: 300n, payload: '{"question":"Well?"}', refusal: 'no' },
  ];
  return {
    header: { format: 'spellkave-world', version: 1, database: 'w', exported_at: LEFT_AT, was },
    rows: {
      ...empty,
      ...LAND,
      ...PEOPLE,
      clock: [{ ...clock, paused: true, skipped: 2n, restarts: 0n }],
      think_request: [request()],
      think_context: [context],
      think_queue: [{ id: 0, pending: 0n, leased: 1n, done: 4n, dead: 1n, expired: 2n, coalesced: 3n, rejected: 0n }],
      think_budget: [{ id: 0, minute: 28_333_333n, calls: 7 }],
      mind_policy: [{ id: 0, mode: 'Slow', calls_per_minute: 90 }],
      ...change,
    },
  };
}
