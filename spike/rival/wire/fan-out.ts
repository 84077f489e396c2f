import type { WebSocket } from 'ws';
import type { Delta } from '../world/delta.ts';
import { encode, type ActFrame, type SnapshotFrame, type TickFrame } from './frame.ts';

/** What a tick or an act changed, before it is cut for each audience. */
export type Changes = Pick<Delta, 'agents' | 'from' | 'newcomers' | 'events'>;

/** The moment of a tick. */
export type Moment = Pick<TickFrame, 'tick' | 'dueMs' | 'startedMs' | 'skipped'>;

/** Everything, or one place. */
type Scope = number | 'everything';

/** Sends what changed to those who watch it. Watchers of the same place get the same bytes, encoded once. */
export class FanOut {
  readonly #audiences = new Map<Scope, Set<WebSocket>>();

  /** Sends the agents that are watched, and what changes from now on. A later call replaces an earlier one. */
  subscribe(socket: WebSocket, place: number | undefined, { agents, tick }: Omit<SnapshotFrame, 'kind'>): void {
    this.remove(socket);
    const scope = place ?? 'everything';
    const seen = place === undefined ? agents : agents.filter((agent) => agent.place === place);
    socket.send(encode({ kind: 'snapshot', tick, agents: seen }));
    const audience = this.#audiences.get(scope) ?? new Set();
    this.#audiences.set(scope, audience.add(socket));
  }

  remove(socket: WebSocket): void {
    for (const [scope, audience] of this.#audiences) {
      audience.delete(socket);
      if (audience.size === 0) this.#audiences.delete(scope);
    }
  }

  /** @param moment of a tick; without it the changes are of an act between two ticks, of which not all learn */
  push(changes: Changes, moment?: Moment): void {
    for (const [scope, audience] of this.#audiences) {
      const seen = seenFrom(scope, changes);
      if (!moment && seen.agents.length + seen.left.length + seen.events.length === 0) continue;
      const bytes = encode(moment ? { kind: 'tick', ...moment, ...seen } : { kind: 'act', ...seen });
      for (const socket of audience) socket.send(bytes);
    }
  }
}

/** What those who watch one place, or everything, see of a change. */
export function seenFrom(scope: Scope, { agents, from, newcomers, events }: Changes): Omit<ActFrame, 'kind'> {
  const all = newcomers.length > 0 ? [...newcomers.map(({ agent }) => agent), ...agents] : agents;
  if (scope === 'everything') return { agents: all, left: [], events };
  return {
    agents: all.filter(({ place }) => place === scope),
    left: agents.filter(({ place }, index) => from[index] === scope && place !== scope).map(({ id }) => id),
    events: events.filter(({ place }) => place === scope),
  };
}
