import type {
  Agent,
  Clock,
  Holding,
  MindPolicy,
  Newcomer,
  Player,
  RoleGrant,
  Said,
  ThinkContext,
  ThinkRequest,
  ThinkStats,
  WorldEvent,
} from './rows.ts';

/**
 * What one tick or one act changed: rows as they are afterwards. It is all that a store writes and a watcher is sent.
 * Applying it twice changes nothing more, and a delta of everything is a snapshot.
 */
export interface Delta {
  /** One more than that of the delta before. */
  readonly sequence: number;
  /** The last tick that ran, this one included. */
  readonly tick: number;
  /** Only where it changed, as in a tick. */
  readonly clock: Clock | undefined;
  readonly newcomers: readonly Newcomer[];
  /** Agents that moved; nobody moves twice in one delta. */
  readonly agents: readonly Agent[];
  /** The place that each of `agents` left, in the same order. */
  readonly from: readonly number[];
  readonly players: readonly Player[];
  readonly roles: readonly RoleGrant[];
  readonly holdings: readonly Holding[];
  readonly said: readonly Said[];
  readonly events: readonly WorldEvent[];
  readonly requests: readonly ThinkRequest[];
  readonly contexts: readonly ThinkContext[];
  /** Requests that were deleted, with their contexts. */
  readonly forgotten: readonly number[];
  readonly stats: ThinkStats | undefined;
  readonly policy: MindPolicy | undefined;
}

/** Events that a snapshot holds, for those who come later. A store keeps all of them. */
export const RECENT_EVENTS = 10_000;

/** What a store found: the world is what these make when applied in order. */
export type Saved = readonly Delta[];

/** One delta with the effect of several that follow each other, so that they can be written in one commit. */
export function merge(deltas: readonly Delta[]): Delta {
  const [only, ...more] = deltas;
  if (!only) throw new Error('there is nothing to merge');
  if (more.length === 0) return only;
  const last = deltas.at(-1) ?? only;
  const moved = newest(
    deltas.flatMap((delta) => delta.agents),
    (agent) => agent.id,
  );
  const from = new Map<number, number>();
  for (const { agents, from: left } of deltas)
    agents.forEach(({ id }, index) => from.set(id, from.get(id) ?? left[index] ?? 0));
  const forgotten = new Set(deltas.flatMap((delta) => delta.forgotten));
  return {
    sequence: last.sequence,
    tick: last.tick,
    clock: deltas.findLast(({ clock }) => clock)?.clock,
    newcomers: newest(
      deltas.flatMap((delta) => delta.newcomers),
      ({ agent }) => agent.id,
    ),
    agents: moved,
    from: moved.map(({ id }) => from.get(id) ?? 0),
    players: newest(
      deltas.flatMap((delta) => delta.players),
      (player) => player.identity,
    ),
    roles: newest(
      deltas.flatMap((delta) => delta.roles),
      (grant) => grant.identity,
    ),
    holdings: newest(
      deltas.flatMap((delta) => delta.holdings),
      holdingKey,
    ),
    said: newest(
      deltas.flatMap((delta) => delta.said),
      (said) => said.place,
    ),
    events: newest(
      deltas.flatMap((delta) => delta.events),
      (event) => event.id,
    ),
    requests: newest(
      deltas.flatMap((delta) => delta.requests),
      (request) => request.id,
    ).filter(({ id }) => !forgotten.has(id)),
    contexts: newest(
      deltas.flatMap((delta) => delta.contexts),
      (context) => context.request,
    ).filter(({ request }) => !forgotten.has(request)),
    forgotten: [...forgotten],
    stats: deltas.findLast(({ stats }) => stats)?.stats,
    policy: deltas.findLast(({ policy }) => policy)?.policy,
  };
}

/** The snapshot that a snapshot becomes by the deltas after it. */
export function fold(base: Delta, deltas: readonly Delta[]): Delta {
  const merged = merge([base, ...deltas]);
  const moved = new Map(merged.agents.map((agent) => [agent.id, agent]));
  return {
    ...merged,
    newcomers: merged.newcomers.map((newcomer) => ({
      ...newcomer,
      agent: moved.get(newcomer.agent.id) ?? newcomer.agent,
    })),
    agents: [],
    from: [],
    holdings: merged.holdings.filter(({ quantity }) => quantity > 0),
    events: merged.events.slice(-RECENT_EVENTS),
    forgotten: [],
  };
}

/** Of the rows with one key the last. */
function newest<Row>(rows: readonly Row[], key: (row: Row) => number | string): Row[] {
  return [...new Map(rows.map((row) => [key(row), row])).values()];
}

/** Holder and good in one number. */
export function holdingKey({ holder, good }: { holder: number; good: number }): number {
  return holder * 65_536 + good;
}
