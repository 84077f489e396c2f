import type { Account } from '../../spike/host/api.ts';
import { identity, optional, variant } from './rows.ts';

/** A world that answers its owner's queries. */
export interface Queried {
  sql(query: string): Promise<Record<string, unknown>[]>;
}

const STATES = ['pending', 'leased', 'done', 'dead', 'expired'] as const;

/** One row of `think_request`. */
export interface Request {
  id: number;
  epoch: number;
  agent: number;
  state: (typeof STATES)[number];
  /** The identity that holds the lease. */
  owner?: string;
}

export async function requestsOf(world: Queried): Promise<Request[]> {
  return (await world.sql('SELECT * FROM think_request')).map((row) => {
    const state = STATES[variant(row['state'])];
    if (!state) throw new Error(`think_request has the state ${String(row['state'])}: add it to STATES`);
    const owner = optional(row['lease_owner']);
    const request = { id: Number(row['id']), epoch: Number(row['lease_epoch']), agent: Number(row['agent']), state };
    return owner === undefined ? request : { ...request, owner: identity(owner) };
  });
}

/** The requests that are leased: to anybody, or to one thinker. */
export async function leasesOf(world: Queried, thinker?: Account): Promise<Request[]> {
  const requests = await requestsOf(world);
  return requests.filter(({ state, owner }) => state === 'leased' && (!thinker || owner === thinker.identity));
}

/** Requests that are neither done nor given up, by the world's own count. */
export async function openIn(world: Queried): Promise<number> {
  const [queue] = await world.sql('SELECT * FROM think_queue');
  if (!queue) throw new Error('think_queue is empty: the world was not founded');
  return Number(queue['pending']) + Number(queue['leased']);
}
