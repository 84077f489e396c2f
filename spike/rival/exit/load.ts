import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { WorldExport } from '../../export/file/reader.ts';
import { nowMicros } from '../server/now.ts';
import type { Store } from '../stores/store.ts';
import type { Delta } from '../world/delta.ts';
import { survey } from '../world/geography.ts';
import { restore, snapshot } from '../world/state.ts';
import { mapOf } from './map-of.ts';
import { snapshotOf } from './snapshot-of.ts';

/** The store has written something, and not this world. */
export class NotKept extends Error {}

export interface LoadOptions {
  /** Is written, because the server reads places and routes from a map. */
  mapFile: string;
  /** Whether the clock waits for the owner. */
  paused: boolean;
}

/**
 * Loads a world into an empty store, in one transaction, and reads it back. The server that opens the store with this map
 * goes on from there.
 * @throws Error when the store holds a world, the file exists, or the game server cannot hold this world; nothing is
 *   loaded then
 */
export async function load(exported: WorldExport, store: Store, { mapFile, paused }: LoadOptions): Promise<Delta> {
  const map = mapOf(exported.rows);
  const geography = survey(map);
  const delta = snapshotOf(exported, nowMicros(), paused);
  // What a server would make of it: a row that it does not understand fails here, before anything is written.
  const expected = snapshot(restore(geography, [delta]));
  if ((await store.load()) !== undefined)
    throw new Error('the database holds a world already: name an empty one with --database');
  if (existsSync(mapFile)) throw new Error(`${mapFile} exists, and is not replaced: name another file with --map-out`);
  writeFileSync(mapFile, `${JSON.stringify(map, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  try {
    await store.commit(delta);
    const saved = await store.load();
    if (!saved || !isDeepStrictEqual(ordered(snapshot(restore(geography, saved))), ordered(expected)))
      throw new NotKept('The store gives back another world than it was given: do not use this database.');
    return expected;
  } catch (error) {
    rmSync(mapFile, { force: true });
    throw error;
  }
}

/** A store returns rows in an order of its own. */
function ordered(delta: Delta): Delta {
  const by = <Row>(rows: readonly Row[], key: (row: Row) => number | string) =>
    rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  return {
    ...delta,
    players: by(delta.players, ({ identity }) => identity),
    roles: by(delta.roles, ({ identity }) => identity),
    said: by(delta.said, ({ place }) => place),
    contexts: by(delta.contexts, ({ request }) => request),
  };
}
