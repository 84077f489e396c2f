import { setTimeout as sleep } from 'node:timers/promises';
import { AWAY } from '../../spike/client/world-constants.ts';
import type { Queried } from './requests.ts';
import { variant } from './rows.ts';

/** One region at one moment. Somebody who is locked or pending does not live in it. */
export interface RegionView {
  number: number;
  /** Who lives there. */
  living: number[];
  /** Who waits there, locked, until the other region has taken them. */
  locked: number[];
  /** Who is held there until the other region has let go, with what they bring. */
  pending: { agent: number; load: [good: string, quantity: number][] }[];
  holdings: { holder: number; good: string; quantity: number }[];
  /** How often somebody had crossed a border when they were here last. */
  hops: Map<number, number>;
  /** Rows of journeys, in either direction, the tombstones included. */
  journeys: number;
  /** Why the border is shut, from the point of view of this region; empty where it is open. */
  shut: string;
}

/** What is wrong at one moment. */
export interface Faults {
  /** People with more than one copy that lives, is locked, or is pending after its original was let go. */
  doubled: number[];
  /** People without any such copy. */
  lost: number[];
  /** Goods whose sum is not what was founded. */
  goods: string[];
}

const TRIES = 20;
const [OFFERED, PENDING] = [0, 0];

/**
 * Both regions at one moment. The caller has stopped the relays, the minds and the players; two equal views in a row show
 * that their last calls have ended too.
 */
export async function cutThrough(regions: readonly (Queried & { number: number })[]): Promise<RegionView[]> {
  let before = '';
  for (let tries = 0; tries < TRIES; tries++, await sleep(50)) {
    const views = await Promise.all(regions.map(viewOf));
    const now = JSON.stringify(views.map((view) => ({ ...view, hops: [...view.hops] })));
    if (now === before) return views;
    before = now;
  }
  throw new Error(`the regions still changed after ${TRIES} looks, although everything that moves people was stopped`);
}

async function viewOf(region: Queried & { number: number }): Promise<RegionView> {
  const rows = async (table: string) => region.sql(`SELECT * FROM ${table}`);
  const goods = new Map((await rows('good')).map(({ id, name }) => [id, String(name)]));
  const departures = await rows('departure');
  const arrivals = await rows('arrival');
  const ids = (found: Record<string, unknown>[], column = 'id') =>
    found.map((row) => Number(row[column])).sort((one, other) => one - other);
  const byHolder = (await rows('holding')).map(({ holder, good, quantity }) => ({
    holder: Number(holder),
    good: goods.get(good) ?? `good ${String(good)}`,
    quantity: Number(quantity),
  }));
  const [peer] = await rows('peer');
  return {
    number: region.number,
    living: ids((await rows('agent')).filter(({ place }) => place !== AWAY)),
    locked: ids(
      departures.filter(({ state }) => variant(state) === OFFERED),
      'agent',
    ),
    pending: arrivals.filter(({ state }) => variant(state) === PENDING).map(({ traveller }) => brought(traveller)),
    holdings: byHolder.sort((one, other) => one.holder - other.holder || one.good.localeCompare(other.good)),
    hops: new Map((await rows('passport')).map(({ agent, hops }) => [Number(agent), Number(hops)])),
    journeys: departures.length + arrivals.length,
    shut: peer ? String(peer['shut']) : '',
  };
}

/** A traveller as the host's SQL spells it: agent, name, persona, routine, hops, load, player. */
function brought(traveller: unknown): RegionView['pending'][number] {
  const [agent, , , , , load] = traveller as [number, string, string, unknown, number, [string, number][]];
  return { agent, load };
}

/** @param people everybody who was founded or has joined @param founded the sums at the beginning, by good */
export function faultsAt(views: RegionView[], people: number[], founded: Map<string, number>): Faults {
  const copies = new Map(people.map((agent) => [agent, 0]));
  const count = (agent: number) => copies.set(agent, (copies.get(agent) ?? 0) + 1);
  for (const { living, locked } of views) [...living, ...locked].forEach(count);
  for (const { agent } of onTheWay(views)) count(agent);
  const sums = sumsOf(views);
  return {
    doubled: [...copies].filter(([, copiesOf]) => copiesOf > 1).map(([agent]) => agent),
    lost: [...copies].filter(([, copiesOf]) => copiesOf === 0).map(([agent]) => agent),
    goods: [...new Set([...founded.keys(), ...sums.keys()])].filter((good) => founded.get(good) !== sums.get(good)),
  };
}

/** How much of each good there is in both regions and on the way between them. */
export function sumsOf(views: RegionView[]): Map<string, number> {
  const sums = new Map<string, number>();
  const add = (good: string, quantity: number) => sums.set(good, (sums.get(good) ?? 0) + quantity);
  for (const { holdings } of views) for (const { good, quantity } of holdings) add(good, quantity);
  for (const { load } of onTheWay(views)) for (const [good, quantity] of load) add(good, quantity);
  return sums;
}

/** Who is pending in one region and no longer locked in another. While both hold somebody, the lock is the person. */
function onTheWay(views: RegionView[]): RegionView['pending'] {
  const locked = new Set(views.flatMap((view) => view.locked));
  return views.flatMap(({ pending }) => pending).filter(({ agent }) => !locked.has(agent));
}

/** How many borders somebody has crossed, as the region knows that has seen them last. */
export function hopsOf(views: RegionView[]): Map<number, number> {
  const latest = new Map<number, number>();
  for (const { hops } of views)
    for (const [agent, known] of hops) latest.set(agent, Math.max(known, latest.get(agent) ?? 0));
  return latest;
}

/** What somebody holds in the region where they live, as text to compare; nothing where they live nowhere. */
export function purseOf(views: RegionView[], agent: number): string | undefined {
  const home = views.find(({ living }) => living.includes(agent));
  return (
    home &&
    JSON.stringify(home.holdings.filter(({ holder }) => holder === agent).map(({ good, quantity }) => [good, quantity]))
  );
}
