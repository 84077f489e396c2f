import type { DatabaseSync } from 'node:sqlite';
import { openToRead } from './file.ts';

/** What to look for; each part that is left out lets everything through. */
export interface Query {
  /** The name of an agent. */
  who?: string | undefined;
  /** What the name of a place holds. */
  where?: string | undefined;
  /** Microseconds since 1970. */
  since?: bigint | undefined;
  until?: bigint | undefined;
  limit: number;
}

/** An event with its names; what the archive has no name for is called by its number. */
export interface Found {
  id: number;
  tick: number;
  at: Date;
  where: string;
  who: string;
  text: string;
}

/**
 * The newest events that match, oldest first. Capitals do not count in names.
 * @throws Error when the file is no archive, or knows nobody and nothing of such a name
 */
export function search(file: string, { who, where, since, until, limit }: Query): Found[] {
  const db = openToRead(file);
  try {
    const agents = namesOf(db, 'agent');
    const places = namesOf(db, 'place');
    const [wanted, wantedPlace] = [who?.toLowerCase(), where?.toLowerCase()];
    const agentIds = wanted && idsOf(agents, (name) => name === wanted, `nobody called "${who}"`);
    const placeIds = wantedPlace && idsOf(places, (name) => name.includes(wantedPlace), `no place like "${where}"`);
    const conditions = [
      agentIds && `agent IN (${agentIds.join()})`,
      placeIds && `place IN (${placeIds.join()})`,
      since !== undefined && `at >= ${since}`,
      until !== undefined && `at <= ${until}`,
    ].filter(Boolean);
    return db
      .prepare(
        `SELECT id, tick, at / 1000 AS ms, place, agent, text FROM event
         ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''} ORDER BY id DESC LIMIT ${limit}`,
      )
      .all()
      .reverse()
      .map((row) => ({
        id: Number(row['id']),
        tick: Number(row['tick']),
        at: new Date(Number(row['ms'])),
        where: places.get(Number(row['place'])) ?? `place ${String(row['place'])}`,
        who: agents.get(Number(row['agent'])) ?? `agent ${String(row['agent'])}`,
        text: String(row['text']),
      }));
  } finally {
    db.close();
  }
}

function namesOf(db: DatabaseSync, table: 'agent' | 'place'): Map<number, string> {
  const rows = db.prepare(`SELECT id, name FROM ${table}`).all();
  return new Map(rows.map(({ id, name }) => [Number(id), String(name)]));
}

/** SQLite compares capitals in ASCII only, so names are compared here. */
function idsOf(names: Map<number, string>, matches: (lower: string) => boolean, none: string): number[] {
  const ids = [...names].filter(([, name]) => matches(name.toLowerCase())).map(([id]) => id);
  if (ids.length === 0) throw new Error(`The archive knows ${none}.`);
  return ids;
}
