import type { DatabaseSync } from 'node:sqlite';
import { phraseOf } from '../client/sentence.ts';
import { NOBODY } from '../client/world-constants.ts';
import { archivedEventOfRow } from './archived-event.ts';
import { eventsIn, openToRead } from './file.ts';

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

/** An event with its names. What the archive has no name for is called by its number. */
export interface Found {
  id: number;
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
 * The newest events that match, oldest first. Capitals do not count in names.
 * @throws Error when the file is not an archive, or knows nobody and nothing of such a name
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
      agentIds && `subject IN (${agentIds.join()})`,
      placeIds && `place IN (${placeIds.join()})`,
      since !== undefined && `at >= ${since}`,
      until !== undefined && `at <= ${until}`,
    ].filter(Boolean);
    const query = db.prepare(
      `SELECT * FROM ${eventsIn(db)}
       ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''} ORDER BY id DESC LIMIT ${limit}`,
    );
    query.setReadBigInts(true);
    const nameOf = (agent: number) => agents.get(agent) ?? `agent ${agent}`;
    return query
      .all()
      .reverse()
      .map(archivedEventOfRow)
      .map((event) => {
        const { who, does } = phraseOf(event, { nameOf });
        const { version, kind, quantity, gold, words } = event;
        return {
          id: Number(event.id),
          tick: Number(event.tick),
          at: new Date(Number(event.at / 1_000n)),
          where: places.get(event.place) ?? `place ${event.place}`,
          who,
          text: does,
          object: event.object === NOBODY ? undefined : nameOf(event.object),
          ...{ version, kind, quantity, gold, words },
          request: Number(event.request),
        };
      });
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
