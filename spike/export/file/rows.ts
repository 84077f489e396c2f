import { z } from 'zod';

const u8 = z.int().min(0).max(255);
const u16 = z.int().min(0).max(65_535);
const u32 = z.int().min(0).max(4_294_967_295);
/** 64 bits do not fit into a number of JSON as most programs read it, so they are decimal digits in a text. */
const u64 = z
  .string()
  .regex(/^\d{1,20}$/)
  .transform(BigInt);
const i64 = z
  .string()
  .regex(/^-?\d{1,19}$/)
  .transform(BigInt);
/** Microseconds since 1970. */
const moment = i64;
/** 64 hexadecimal digits in lower case. */
const identity = z.string().regex(/^[0-9a-f]{64}$/);

const routine = z.enum(['Patrol', 'Wander', 'Trade', 'Rest', 'PlayerControlled']);
const traveller = z.strictObject({
  agent: u32,
  name: z.string(),
  persona: z.string(),
  routine,
  hops: u32,
  load: z.array(z.strictObject({ good: z.string(), quantity: u32 })),
  player: identity.nullable(),
});

/** The tables of an export, in the order of the file. Their columns are those of the module (`spike/world/src`). */
export const ROWS = {
  world: z.strictObject({ id: u8, name: z.string(), founded_at: moment, newcomer_place: u32, newcomer_gold: u32 }),
  region: z.strictObject({
    id: u8,
    number: u32,
    name: z.string(),
    epoch: u64,
    residents: u32,
    departures: u64,
    routines: u32,
  }),
  clock: z.strictObject({
    id: u8,
    tick: u64,
    now: moment,
    period_us: i64,
    act_every: u32,
    reflect_every: u32,
    paused: z.boolean(),
    skipped: u64,
    restarts: u64,
  }),
  clock_lead: z.strictObject({ id: u8, lead_us: i64 }),
  place: z.strictObject({ id: u32, name: z.string(), description: z.string() }),
  exit: z.strictObject({ id: u32, from: u32, direction: z.string(), to: u32 }),
  border: z.strictObject({ id: u32, from: u32, direction: z.string(), region: u32, to: z.string() }),
  route: z.strictObject({ id: u32, stops: z.array(u32) }),
  good: z.strictObject({ id: u32, name: z.string() }),
  stall: z.strictObject({ place: u32, keeper: u32 }),
  agent: z.strictObject({ id: u32, place: u32, place_key: u64, routine, route: u32, step: u32 }),
  agent_profile: z.strictObject({ id: u32, name: z.string(), handle: z.string(), persona: z.string() }),
  holding: z.strictObject({ id: u64, holder: u32, good: u32, quantity: u32 }),
  player: z.strictObject({ identity, agent: u32, online: z.boolean() }),
  role_grant: z.strictObject({
    identity,
    role: z.enum(['Owner', 'Thinker', 'Archivist', 'Player', 'Relay']),
    audience: u8,
  }),
  said: z.strictObject({ place: u32, lines: z.array(z.strictObject({ speaker: u32, words: z.string() })) }),
  event: z.strictObject({
    id: u64,
    version: u16,
    tick: u64,
    at: moment,
    place: u32,
    kind: z.string(),
    subject: u32,
    object: u32,
    quantity: u32,
    gold: u32,
    words: z.string(),
    request: u64,
  }),
  archive: z.strictObject({ id: u8, window_ms: u32, last: u64, archived: u64 }),
  think_request: z.strictObject({
    id: u64,
    version: u16,
    audience: u8,
    agent: u32,
    asker: u32,
    priority: z.enum(['Question', 'Reflection']),
    state: z.enum(['Pending', 'Leased', 'Done', 'Dead', 'Expired']),
    attempts: u32,
    lease_epoch: u64,
    lease_owner: identity.nullable(),
    leased_at: moment,
    asked_at: moment,
    not_before: moment,
    deadline: moment,
    reap_at_us: i64,
  }),
  think_context: z.strictObject({
    request: u64,
    version: u16,
    audience: u8,
    observed_tick: u64,
    payload: z.string(),
    refusal: z.string(),
  }),
  think_outcome: z.strictObject({
    request: u64,
    version: u16,
    audience: u8,
    lease_epoch: u64,
    tick: u64,
    event: u64,
    reason: z.string(),
  }),
  think_queue: z.strictObject({
    id: u8,
    pending: u64,
    leased: u64,
    done: u64,
    dead: u64,
    expired: u64,
    coalesced: u64,
    rejected: u64,
  }),
  think_budget: z.strictObject({ id: u8, minute: i64, calls: u32 }),
  mind_policy: z.strictObject({ id: u8, mode: z.enum(['Normal', 'Slow', 'Stopped']), calls_per_minute: u32 }),
  peer: z.strictObject({ region: u32, name: z.string(), epoch: u64, arrivals: u64, shut: z.string() }),
  departure: z.strictObject({
    number: u64,
    agent: u32,
    from: u32,
    region: u32,
    to: z.string(),
    state: z.enum(['Offered', 'Released']),
    at: moment,
    traveller,
  }),
  arrival: z.strictObject({
    number: u64,
    state: z.enum(['Pending', 'Arrived', 'Refused']),
    reason: z.string(),
    place: u32,
    at: moment,
    traveller,
  }),
  passport: z.strictObject({ agent: u32, hops: u32, region: u32, farewell: traveller.nullable() }),
  visitor: z.strictObject({ agent: u32, home: u32 }),
} as const;

export type TableName = keyof typeof ROWS;
export const TABLES = Object.keys(ROWS) as TableName[];

/** A row as programs use it: 64 bits are `bigint`. */
export type Row<Table extends TableName> = z.output<(typeof ROWS)[Table]>;
/** The same row as the file has it. */
export type WrittenRow<Table extends TableName> = z.input<(typeof ROWS)[Table]>;
export type Rows = { [Table in TableName]: Row<Table>[] };
export type WrittenRows = { [Table in TableName]: WrittenRow<Table>[] };

/** Tables that mean nothing in another place, with the reason. */
export const LEFT: Record<string, string> = {
  session: 'connections of this host',
  tick_schedule: 'a timer of this host',
  watchdog_schedule: 'a timer of this host',
  reap_schedule: 'a timer of this host',
  tick_log: 'how late the ticks of this host were',
  pause_notice: 'the first line of the file says whether the world stood still before the export',
  name_form: 'follows from the names',
  think_summary: 'follows from the think queue and the requests',
};
