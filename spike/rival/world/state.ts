import { RECENT_EVENTS, type Delta, type Saved } from './delta.ts';
import type { Geography } from './geography.ts';
import { Purses, TREASURY } from './purses.ts';
import type {
  Agent,
  Clock,
  Holding,
  MindPolicy,
  Newcomer,
  Player,
  Role,
  SpokenLine,
  ThinkContext,
  ThinkRequest,
  ThinkStats,
  WorldEvent,
} from './rows.ts';

/**
 * The whole world in memory. Each setter replaces one row and keeps the indexes in step; `Change` calls them while the
 * world runs, and `restore` when it comes back from a store.
 */
export class World {
  readonly geography: Geography;
  readonly agents: Agent[] = [];
  readonly names: string[] = [];
  readonly personas: string[] = [];
  /** Ids by name in lower case. */
  readonly handles = new Map<string, number>();
  readonly purses: Purses;
  readonly players = new Map<string, Player>();
  readonly roles = new Map<string, Role>();
  readonly said = new Map<number, readonly SpokenLine[]>();
  /** The oldest first, because `Map` keeps the place of a key whose value is replaced. */
  readonly open = new Map<number, ThinkRequest>();
  /** In the order in which they ended. */
  readonly ended = new Map<number, ThinkRequest>();
  readonly contexts = new Map<number, ThinkContext>();
  events: WorldEvent[] = [];
  clock: Clock;
  stats: ThinkStats = { done: 0, dead: 0, expired: 0, coalesced: 0, rejected: 0, minute: 0, calls: 0 };
  policy: MindPolicy = { mode: 'Normal', callsPerMinute: 600 };
  sequence = 0;
  nextEvent = 1;
  nextRequest = 1;
  leased = 0;
  /** From 0 to below 1. */
  random = Math.random;
  readonly #here: Set<number>[];
  readonly #openOf = new Map<number, Set<number>>();

  constructor(geography: Geography, clock: Clock) {
    this.geography = geography;
    this.clock = clock;
    this.purses = new Purses(geography.goods.length);
    this.#here = geography.map.places.map(() => new Set());
  }

  here(place: number): ReadonlySet<number> {
    return this.#here[place] ?? new Set();
  }

  nameOf(id: number): string {
    return this.names[id] ?? `agent ${id}`;
  }

  openRequestsOf(agent: number): ThinkRequest[] {
    const ids = this.#openOf.get(agent);
    return ids ? [...ids].flatMap((id) => this.open.get(id) ?? []) : [];
  }

  hasOpenRequest(agent: number): boolean {
    return this.#openOf.has(agent);
  }

  putNewcomer({ agent, name, persona }: Newcomer): void {
    this.names[agent.id] = name;
    this.personas[agent.id] = persona;
    this.handles.set(name.toLowerCase(), agent.id);
    this.putAgent(agent);
  }

  putAgent(agent: Agent): void {
    const before = this.agents[agent.id];
    if (before?.place !== agent.place) {
      if (before) this.#here[before.place]?.delete(agent.id);
      this.#here[agent.place]?.add(agent.id);
    }
    this.agents[agent.id] = agent;
  }

  putRequest(request: ThinkRequest): void {
    const { id, agent, state } = request;
    if (this.open.get(id)?.state === 'Leased') this.leased--;
    if (state === 'Leased') this.leased++;
    this.nextRequest = Math.max(this.nextRequest, id + 1);
    if (state === 'Pending' || state === 'Leased') {
      this.open.set(id, request);
      const ids = this.#openOf.get(agent);
      if (ids) ids.add(id);
      else this.#openOf.set(agent, new Set([id]));
    } else {
      this.#close(id);
      this.ended.set(id, request);
    }
  }

  removeRequest(id: number): void {
    if (this.open.get(id)?.state === 'Leased') this.leased--;
    this.#close(id);
    this.ended.delete(id);
    this.contexts.delete(id);
  }

  putEvent(event: WorldEvent): void {
    this.nextEvent = Math.max(this.nextEvent, event.id + 1);
    this.events.push(event);
    if (this.events.length > 2 * RECENT_EVENTS) this.events = this.events.slice(-RECENT_EVENTS);
  }

  apply(delta: Delta): void {
    delta.newcomers.forEach((newcomer) => this.putNewcomer(newcomer));
    delta.agents.forEach((agent) => this.putAgent(agent));
    for (const player of delta.players) this.players.set(player.identity, player);
    for (const { identity, role } of delta.roles) this.roles.set(identity, role);
    for (const { holder, good, quantity } of delta.holdings) this.purses.set(holder, good, quantity);
    for (const { place, lines } of delta.said) this.said.set(place, lines);
    delta.events.forEach((event) => this.putEvent(event));
    delta.requests.forEach((request) => this.putRequest(request));
    for (const context of delta.contexts) this.contexts.set(context.request, context);
    delta.forgotten.forEach((id) => this.removeRequest(id));
    this.clock = delta.clock ?? this.clock;
    this.stats = delta.stats ?? this.stats;
    this.policy = delta.policy ?? this.policy;
    this.sequence = delta.sequence;
  }

  #close(id: number): void {
    const agent = this.open.get(id)?.agent;
    this.open.delete(id);
    if (agent === undefined) return;
    const ids = this.#openOf.get(agent);
    ids?.delete(id);
    if (ids?.size === 0) this.#openOf.delete(agent);
  }
}

/** The world as a store found it. */
export function restore(geography: Geography, saved: Saved): World {
  const clock = saved.findLast((delta) => delta.clock)?.clock;
  if (!clock) throw new Error('the store holds a world without a clock: found a new one in an empty database');
  const world = new World(geography, clock);
  for (const delta of saved) world.apply(delta);
  return world;
}

/** A delta of everything, as a founding or a snapshot writes it. */
export function snapshot(world: World): Delta {
  return {
    sequence: world.sequence,
    tick: world.clock.tick,
    clock: world.clock,
    newcomers: world.agents.map((agent) => ({
      agent,
      name: world.nameOf(agent.id),
      persona: world.personas[agent.id] ?? '',
    })),
    agents: [],
    from: [],
    players: [...world.players.values()],
    roles: [...world.roles].map(([identity, role]) => ({ identity, role })),
    holdings: holdingsOf(world),
    said: [...world.said].map(([place, lines]) => ({ place, lines })),
    events: world.events.slice(-RECENT_EVENTS),
    requests: [...world.open.values(), ...world.ended.values()],
    contexts: [...world.contexts.values()],
    forgotten: [],
    stats: world.stats,
    policy: world.policy,
  };
}

/** What everybody holds, the treasury included. */
export function holdingsOf(world: World): Holding[] {
  const holdings: Holding[] = [];
  for (const holder of [TREASURY, ...world.agents.keys()])
    world.geography.goods.forEach((_, good) => {
      const quantity = world.purses.get(holder, good);
      if (quantity > 0) holdings.push({ holder, good, quantity });
    });
  return holdings;
}
