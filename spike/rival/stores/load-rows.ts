import type { Client } from 'pg';
import { RECENT_EVENTS, type Saved } from '../world/delta.ts';
import {
  ROUTINES,
  type Clock,
  type MindPolicy,
  type Newcomer,
  type Player,
  type RoleGrant,
  type SpokenLine,
  type ThinkContext,
  type ThinkRequest,
  type ThinkStats,
  type WorldEvent,
} from '../world/rows.ts';

interface ProfileRow {
  id: number;
  place: number;
  step: number;
  name: string;
  persona: string;
  routine: number;
  route: string;
}

/** The world that the tables hold, as one delta, or nothing where they are empty. */
export async function loadRows(client: Client): Promise<Saved | undefined> {
  const rows = async <Row extends object>(text: string) => (await client.query<Row>(text)).rows;
  const singles = new Map(
    (await rows<{ name: string; body: unknown }>('select * from single')).map((row) => [row.name, row.body]),
  );
  const clock = singles.get('clock') as Clock | undefined;
  if (!clock) return undefined;
  const people = await rows<ProfileRow>('select * from agent join profile using (id) order by id');
  const events = await rows<Record<keyof WorldEvent, string>>(
    `select * from (select * from event order by id desc limit ${RECENT_EVENTS}) as recent order by id`,
  );
  const holdings = await rows<{ holder: string; good: number; quantity: string }>('select * from holding');
  const bodies = async <Row>(table: string, key: string) =>
    (await rows<{ body: Row }>(`select body from ${table} order by ${key}`)).map(({ body }) => body);
  return [
    {
      sequence: singles.get('sequence') as number,
      tick: clock.tick,
      clock,
      newcomers: people.map(newcomerOf),
      agents: [],
      from: [],
      players: await rows<Player>('select * from player'),
      roles: await rows<RoleGrant>('select * from role_grant'),
      holdings: holdings.map(({ holder, good, quantity }) => ({
        holder: Number(holder),
        good,
        quantity: Number(quantity),
      })),
      said: await rows<{ place: number; lines: SpokenLine[] }>('select * from said'),
      events: events.map(eventOf),
      requests: await bodies<ThinkRequest>('think_request', 'id'),
      contexts: await bodies<ThinkContext>('think_context', 'request'),
      forgotten: [],
      stats: singles.get('stats') as ThinkStats | undefined,
      policy: singles.get('policy') as MindPolicy | undefined,
    },
  ];
}

function newcomerOf({ id, place, step, name, persona, routine, route }: ProfileRow): Newcomer {
  return { agent: { id, place, step, routine: ROUTINES[routine] ?? 'Rest', route: Number(route) }, name, persona };
}

/** The driver reads a `bigint` as text. */
function eventOf({ kind, words, ...numbers }: Record<keyof WorldEvent, string>): WorldEvent {
  const [id, version, tick, at, place, subject, object, quantity, gold, request] = (
    ['id', 'version', 'tick', 'at', 'place', 'subject', 'object', 'quantity', 'gold', 'request'] as const
  ).map((name) => Number(numbers[name])) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    id,
    version,
    tick,
    at,
    place,
    kind: kind as WorldEvent['kind'],
    subject,
    object,
    quantity,
    gold,
    words,
    request,
  };
}
