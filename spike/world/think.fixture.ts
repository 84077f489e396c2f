import type { TestWorld } from '../fixture.ts';
import type { Account } from '../host/api.ts';

const STATES = ['Pending', 'Leased', 'Done', 'Dead', 'Expired'] as const;

/** One row of `think_request`; times in microseconds since 1970. */
export interface Request {
  id: number;
  agent: number;
  asker: number;
  state: (typeof STATES)[number];
  attempts: number;
  epoch: number;
  leasedAt: number;
  notBefore: number;
  deadline: number;
  reapAt: number;
}

/** The cause of a `give_back`, in the host's JSON. */
export const REFUSED = { Refused: [] };
export const UNAVAILABLE = { Unavailable: [] };

/** Of a reaper that runs once a second, and a little. */
export const soon = { timeout: 10_000 };

/** The requests, by id. */
export async function requestsOf(world: TestWorld): Promise<Request[]> {
  const micros = (cell: unknown) => Number((cell as [number])[0]);
  const rows = (await world.sql('SELECT * FROM think_request')).map((row) => ({
    id: Number(row['id']),
    agent: Number(row['agent']),
    asker: Number(row['asker']),
    state: STATES[micros(row['state'])]!,
    attempts: Number(row['attempts']),
    epoch: Number(row['lease_epoch']),
    leasedAt: micros(row['leased_at']),
    notBefore: micros(row['not_before']),
    deadline: micros(row['deadline']),
    reapAt: Number(row['reap_at_us']),
  }));
  return rows.sort((a, b) => a.id - b.id);
}

/** @throws Error when the request is gone */
export async function requestOf(world: TestWorld, id: number): Promise<Request> {
  const found = (await requestsOf(world)).find((request) => request.id === id);
  if (!found) throw new Error(`there is no think request ${id}`);
  return found;
}

export async function queueOf(world: TestWorld): Promise<Record<string, number>> {
  const [queue] = await world.sql('SELECT * FROM think_queue');
  return Object.fromEntries(Object.entries(queue ?? {}).map(([column, value]) => [column, Number(value)]));
}

/** The context of a request, with its payload parsed. */
export async function contextOf(world: TestWorld, id: number): Promise<{ refusal: string; payload: Payload }> {
  const [row] = await world.sql(`SELECT * FROM think_context WHERE request = ${id}`);
  return { refusal: String(row?.['refusal']), payload: JSON.parse(String(row?.['payload'])) as Payload };
}

interface Payload {
  question: string;
  heard: { name: string; words: string }[];
}

/** A player asks agent 0, and the request is leased to `thinker`. */
export async function leaseTo(world: TestWorld, thinker: Account): Promise<number> {
  await world.call('ask', [0, 'What do you make of the strangers?'], await world.player('Nils'));
  await world.call('lease', [1], thinker);
  return (await requestsOf(world))[0]!.id;
}

/** Leases until the request has that epoch, as after a back-off. */
export async function leaseAgain(world: TestWorld, thinker: Account, id: number, epoch: number): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) {
    await world.call('lease', [1], thinker);
    if ((await requestOf(world, id)).epoch === epoch) return;
  }
  throw new Error(`think request ${id} was not leased at epoch ${epoch} within 20 s`);
}

/** Every agent of the map reflects once; nobody does afterwards. */
export async function everybodyReflects(world: TestWorld): Promise<void> {
  await world.call('set_tempo', [20, 1, 1]);
  while ((await queueOf(world))['pending']! < 30);
  await world.call('set_tempo', [100, 30, 0]);
}
