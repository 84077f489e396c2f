import type { DatabaseSync } from 'node:sqlite';
import { phraseOf } from '../client/sentence.ts';
import { NOBODY } from '../client/world-constants.ts';
import { archivedEventOfRow } from './archived-event.ts';
import { openToRead, tableIn } from './file.ts';

/** What to look for; each part that is left out lets everything through. */
export interface Query {
  /** The name of an agent. */
  who?: string | undefined;
  /** What the name of a place holds. */
  where?: string | undefined;
  /** The name of a region. */
  region?: string | undefined;
  /** Microseconds since 1970. */
  since?: bigint | undefined;
  until?: bigint | undefined;
  limit: number;
}

/** An event with its names. What the archive has no name for is called by its number. */
export interface Found {
  id: number;
  /** The name of its region, in an archive of several; the number where it has no name. */
  region?: string;
  tick: number;
  at: Date;
  where: string;
  who: string;
  /** What they did, in words: `gives 3 salt to Nils`. */
  text: string;
  version: number;
  /** Empty in a file of the former form. */
  kind: string;
  /** Whom it was for. */
  object: string | undefined;
  quantity: number;
  gold: number;
  words: string;
  request: number;
}

/**
 * The newest events that match, in the order of time, oldest first. Capitals do not count in names.
 * @throws Error when the file is not an archive, or has no agent, place or region of that name
 */
export function search(file: string, query: Query): Found[] {
  const db = openToRead(file);
  try {
    const names = namesIn(db);
    const conditions = conditionsOf(query, names);
    const rows = db.prepare(
      `SELECT * FROM ${tableIn(db, 'event')}
       ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
       ORDER BY at DESC, region DESC, id DESC LIMIT ${query.limit}`,
    );
    rows.setReadBigInts(true);
    return rows
      .all()
      .reverse()
      .map((row) => foundIn(row, names));
  } finally {
    db.close();
  }
}

/** Names by id; those of places by `region id`. */
interface Names {
  agents: Map<string, string>;
  places: Map<string, string>;
  regions: Map<string, string>;
}

function namesIn(db: DatabaseSync): Names {
  const places = tableIn(db, 'place');
  const regions = tableIn(db, 'world');
  return {
    agents: namesOf(db, 'SELECT id AS key, name FROM agent'),
    places: namesOf(db, `SELECT region || ' ' || id AS key, name FROM ${places}`),
    regions: namesOf(
      db,
      `SELECT region AS key, CASE name WHEN '' THEN 'region ' || region ELSE name END AS name FROM ${regions}`,
    ),
  };
}

function conditionsOf({ who, where, region, since, until }: Query, { agents, places, regions }: Names): string[] {
  const [wanted, wantedPlace, wantedRegion] = [who, where, region].map((name) => name?.toLowerCase());
  const keys = (names: Map<string, string>, matches: (lower: string) => boolean, none: string) =>
    keysOf(names, matches, none).join();
  const placeKeys =
    wantedPlace &&
    keysOf(places, (name) => name.includes(wantedPlace), `place whose name contains "${where}"`)
      .map((key) => `(${key.replace(' ', ', ')})`)
      .join();
  const conditions = [
    wanted && `subject IN (${keys(agents, (name) => name === wanted, `agent called "${who}"`)})`,
    placeKeys && `(region, place) IN (VALUES ${placeKeys})`,
    wantedRegion && `region IN (${keys(regions, (name) => name === wantedRegion, `region called "${region}"`)})`,
    since !== undefined && `at >= ${since}`,
    until !== undefined && `at <= ${until}`,
  ];
  return conditions.filter((condition): condition is string => Boolean(condition));
}

function foundIn(row: Record<string, unknown>, { agents, places, regions }: Names): Found {
  const event = archivedEventOfRow(row);
  const region = String(row['region']);
  const nameOf = (agent: number) => agents.get(String(agent)) ?? `agent ${agent}`;
  const { who, does } = phraseOf(event, { nameOf });
  const { version, kind, quantity, gold, words } = event;
  return {
    id: Number(event.id),
    ...(regions.size > 1 && { region: regions.get(region) ?? `region ${region}` }),
    tick: Number(event.tick),
    at: new Date(Number(event.at / 1_000n)),
    where: places.get(`${region} ${event.place}`) ?? `place ${event.place}`,
    who,
    text: does,
    object: event.object === NOBODY ? undefined : nameOf(event.object),
    ...{ version, kind, quantity, gold, words },
    request: Number(event.request),
  };
}

function namesOf(db: DatabaseSync, query: string): Map<string, string> {
  return new Map(
    db
      .prepare(query)
      .all()
      .map(({ key, name }) => [String(key), String(name)]),
  );
}

/** SQLite compares capitals in ASCII only, so names are compared here. */
function keysOf(names: Map<string, string>, matches: (lower: string) => boolean, none: string): string[] {
  const keys = [...names].filter(([, name]) => matches(name.toLowerCase())).map(([key]) => key);
  if (keys.length === 0) throw new Error(`The archive has no ${none}.`);
  return keys;
}
