import type { Delta } from '../../spike/rival/world/delta.ts';
import { ROUTINES } from '../../spike/rival/world/rows.ts';
import type { Condition } from '../condition.ts';
import type { Queried } from './requests.ts';
import { identity, variant } from './rows.ts';

/** Everything that has to survive a move, by part: each entry of a part is a key and what belongs to it. */
export type Belongings = Record<Part, Map<string, string>>;
type Part = 'agents' | 'goods' | 'players' | 'roles' | 'open' | 'events' | 'said' | 'clock';

const GOLD = 0;
const ROLES = ['Owner', 'Thinker', 'Archivist', 'Player', 'Relay'];
const PRIORITIES = ['Question', 'Reflection'];
/** Numbers of the states in which a request is open. */
const OPEN = [0, 1];

/** What a world on SpacetimeDB holds, by its owner's SQL. It has to stand still. */
export async function belongingsOf(world: Queried): Promise<Belongings> {
  const rows = (table: string) => world.sql(`SELECT * FROM ${table}`);
  const profiles = new Map((await rows('agent_profile')).map((row) => [row['id'], row]));
  const contexts = new Map((await rows('think_context')).map((row) => [row['request'], row]));
  return {
    agents: mapOf(await rows('agent'), 'id', (row) => {
      const profile = profiles.get(row['id']);
      const routine = ROUTINES[variant(row['routine'])];
      return [row['place'], routine, row['route'], row['step'], profile?.['name'], profile?.['persona']];
    }),
    goods: new Map(
      (await rows('holding')).map(({ holder, good, quantity }) => [
        `${Number(holder)} ${Number(good)}`,
        String(quantity),
      ]),
    ),
    players: new Map((await rows('player')).map((row) => [identity(row['identity']), String(row['agent'])])),
    roles: new Map(
      (await rows('role_grant')).map((row) => [identity(row['identity']), ROLES[variant(row['role'])] ?? '']),
    ),
    open: mapOf(
      (await rows('think_request')).filter(({ state }) => OPEN.includes(variant(state))),
      'id',
      (row) => {
        const context = contexts.get(row['id']);
        const priority = PRIORITIES[variant(row['priority'])];
        const facts = [row['agent'], row['asker'], priority, row['attempts'], row['lease_epoch']];
        return [...facts, context?.['payload'], context?.['refusal']];
      },
    ),
    events: mapOf(await rows('event'), 'id', (row) => [
      ...[row['kind'], row['place'], row['subject'], row['object'], row['quantity'], row['gold'], row['words']],
      row['request'],
    ]),
    said: mapOf(await rows('said'), 'place', ({ lines }) =>
      (lines as [number, string][]).map(([who, words]) => [who, words]),
    ),
    clock: mapOf(await rows('clock'), 'id', (row) => [
      row['tick'],
      row['period_us'],
      row['act_every'],
      row['reflect_every'],
    ]),
  };
}

/** The same of a world in a game server. */
export function belongingsIn(delta: Delta): Belongings {
  const { newcomers, holdings, players, roles, requests, contexts, events, said, clock } = delta;
  const told = new Map(contexts.map((context) => [context.request, context]));
  const entry = (key: number | string, ...facts: unknown[]): [string, string] => [String(key), JSON.stringify(facts)];
  return {
    agents: new Map(
      newcomers.map(({ agent: { id, place, routine, route, step }, name, persona }) =>
        entry(id, place, routine, route, step, name, persona),
      ),
    ),
    goods: new Map(holdings.map(({ holder, good, quantity }) => [`${holder} ${good}`, String(quantity)])),
    players: new Map(players.map(({ identity, agent }) => [identity, String(agent)])),
    roles: new Map(roles.map(({ identity, role }) => [identity, role])),
    open: new Map(
      requests
        .filter(({ state }) => state === 'Pending' || state === 'Leased')
        .map(({ id, agent, asker, priority, attempts, leaseEpoch, refusal }) =>
          entry(id, agent, asker, priority, attempts, leaseEpoch, told.get(id)?.payload, refusal),
        ),
    ),
    events: new Map(
      events.map(({ id, kind, place, subject, object, quantity, gold, words, request }) =>
        entry(id, kind, place, subject, object, quantity, gold, words, request),
      ),
    ),
    said: new Map(said.map(({ place, lines }) => entry(place, ...lines.map(({ speaker, words }) => [speaker, words])))),
    clock: new Map(clock ? [entry(0, clock.tick, clock.period, clock.actEvery, clock.reflectEvery)] : []),
  };
}

/** How many entries are missing, new or different. */
export function differencesBetween(before: Belongings, after: Belongings): number {
  return (Object.keys(before) as Part[]).reduce((sum, part) => {
    const [one, other] = [before[part], after[part]];
    const changed = [...one].filter(([key, value]) => other.get(key) !== value).length;
    return sum + changed + [...other.keys()].filter((key) => !one.has(key)).length;
  }, 0);
}

export function sizeOf(belongings: Belongings): number {
  return Object.values(belongings).reduce((sum, { size }) => sum + size, 0);
}

/** How much gold everybody holds together. */
export const goldOf = (belongings: Belongings): number => sumOf(belongings, (good) => good === GOLD);

/** What a world held, as figures of a condition. */
export function countsOf(name: string, label: string, belongings: Belongings): Condition {
  const { agents, players, open, events } = belongings;
  const others = sumOf(belongings, (good) => good !== GOLD);
  const figure = (key: string, what: string, unit: string, value: number) => ({ name: key, label: what, unit, value });
  return {
    name,
    label,
    figures: [
      figure('agents', 'Agents', 'agents', agents.size),
      figure('gold', 'Gold', 'gold', goldOf(belongings)),
      figure('goods', 'Other goods', 'pieces', others),
      figure('players', 'Players', 'players', players.size),
      figure('open', 'Open think requests', 'requests', open.size),
      figure('events', 'Events in the window', 'events', events.size),
    ],
  };
}

function sumOf({ goods }: Belongings, counts: (good: number) => boolean): number {
  return [...goods].reduce(
    (sum, [key, quantity]) => (counts(Number(key.split(' ')[1])) ? sum + Number(quantity) : sum),
    0,
  );
}

function mapOf(
  rows: Record<string, unknown>[],
  key: string,
  facts: (row: Record<string, unknown>) => unknown[],
): Map<string, string> {
  return new Map(rows.map((row) => [String(row[key]), JSON.stringify(facts(row))]));
}
