import type { Delta, Saved } from '../world/delta.ts';

/** Where a world outlives its process. */
export interface Store {
  /** The saved world, or nothing in an empty store. */
  load(): Promise<Saved | undefined>;
  /**
   * Settles when the delta is as durable as the store promises. Commits settle in the order in which they were called.
   * After a rejection the store rejects every further one: memory is then ahead of it, and the server has to end.
   */
  commit(delta: Delta): Promise<void>;
  /** Writes what is still held back, and lets go of the database. */
  close(): Promise<void>;
}

export type Durability = 'on' | 'off';

/** For a world that nobody will miss: the ceiling that a store is measured against. */
export class NoStore implements Store {
  load = () => Promise.resolve(undefined);
  commit = () => Promise.resolve();
  close = () => Promise.resolve();
}
