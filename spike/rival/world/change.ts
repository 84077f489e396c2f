import { EVENT_VERSION, NOBODY } from '../../client/world-constants.ts';
import { holdingKey, type Delta } from './delta.ts';
import { Refusal } from './refusal.ts';
import type { World } from './state.ts';
import type {
  Agent,
  Clock,
  EventKind,
  Holding,
  MindPolicy,
  Micros,
  Newcomer,
  Player,
  RoleGrant,
  Said,
  ThinkContext,
  ThinkRequest,
  ThinkStats,
  WorldEvent,
} from './rows.ts';

/** What an event came of: who asked, and the request. */
export interface Cause {
  readonly asker: number;
  readonly request: number;
}

/** Somebody simply did it. */
export const OWN: Cause = { asker: NOBODY, request: 0 };

/** One act or tick under way: it changes the world and records what it changed. */
export class Change {
  readonly world: World;
  /** The world's time, which never goes back. */
  readonly now: Micros;
  readonly #agents: Agent[] = [];
  readonly #from: number[] = [];
  readonly #newcomers: Newcomer[] = [];
  readonly #players: Player[] = [];
  readonly #roles: RoleGrant[] = [];
  readonly #holdings = new Map<number, Holding>();
  readonly #said: Said[] = [];
  readonly #events: WorldEvent[] = [];
  readonly #requests = new Map<number, ThinkRequest>();
  readonly #contexts: ThinkContext[] = [];
  readonly #forgotten: number[] = [];
  #clock: Clock | undefined;
  #stats: ThinkStats | undefined;
  #policy: MindPolicy | undefined;

  constructor(world: World, now: Micros) {
    this.world = world;
    this.now = Math.max(world.clock.now, now);
  }

  setAgent(next: Agent): void {
    this.#from.push(this.world.agents[next.id]?.place ?? NOBODY);
    this.#agents.push(next);
    this.world.putAgent(next);
  }

  addNewcomer(newcomer: Newcomer): void {
    this.#newcomers.push(newcomer);
    this.world.putNewcomer(newcomer);
  }

  setPlayer(player: Player): void {
    this.#players.push(player);
    this.world.players.set(player.identity, player);
  }

  setRole(grant: RoleGrant): void {
    this.#roles.push(grant);
    this.world.roles.set(grant.identity, grant.role);
  }

  setHolding(holder: number, good: number, quantity: number): void {
    const holding = { holder, good, quantity };
    this.#holdings.set(holdingKey(holding), holding);
    this.world.purses.set(holder, good, quantity);
  }

  setSaid(said: Said): void {
    this.#said.push(said);
    this.world.said.set(said.place, said.lines);
  }

  /** @returns the event's id */
  addEvent(subject: Agent, cause: Cause, kind: EventKind, deed: Partial<Deed> = {}): number {
    const event: WorldEvent = {
      id: this.world.nextEvent,
      version: EVENT_VERSION,
      tick: this.world.clock.tick,
      at: this.now,
      place: subject.place,
      kind,
      subject: subject.id,
      object: deed.taker ?? cause.asker,
      quantity: deed.quantity ?? 0,
      gold: deed.gold ?? 0,
      words: deed.words ?? '',
      request: cause.request,
    };
    this.#events.push(event);
    this.world.putEvent(event);
    return event.id;
  }

  setRequest(request: ThinkRequest): void {
    this.#requests.set(request.id, request);
    this.world.putRequest(request);
  }

  addContext(context: ThinkContext): void {
    this.#contexts.push(context);
    this.world.contexts.set(context.request, context);
  }

  forgetRequest(id: number): void {
    this.#requests.delete(id);
    this.#forgotten.push(id);
    this.world.removeRequest(id);
  }

  setClock(clock: Clock): void {
    this.#clock = this.world.clock = clock;
  }

  setStats(stats: Partial<ThinkStats>): void {
    this.#stats = this.world.stats = { ...this.world.stats, ...stats };
  }

  setPolicy(policy: MindPolicy): void {
    this.#policy = this.world.policy = policy;
  }

  get isEmpty(): boolean {
    return (
      this.#agents.length +
        this.#newcomers.length +
        this.#players.length +
        this.#roles.length +
        this.#said.length +
        this.#holdings.size +
        this.#events.length +
        this.#requests.size +
        this.#forgotten.length ===
        0 &&
      !this.#clock &&
      !this.#stats &&
      !this.#policy
    );
  }

  /** Ends the change; call it once. */
  end(): Delta {
    const { world } = this;
    return {
      sequence: ++world.sequence,
      tick: world.clock.tick,
      clock: this.#clock,
      newcomers: this.#newcomers,
      agents: this.#agents,
      from: this.#from,
      players: this.#players,
      roles: this.#roles,
      holdings: [...this.#holdings.values()],
      said: this.#said,
      events: this.#events,
      requests: [...this.#requests.values()],
      contexts: this.#contexts,
      forgotten: this.#forgotten,
      stats: this.#stats,
      policy: this.#policy,
    };
  }
}

export interface Deed {
  /** Who was given something. */
  taker: number;
  quantity: number;
  gold: number;
  words: string;
}

/**
 * Does one act, all or nothing. Memory has no rollback, so each act checks everything before it writes anything.
 * @returns what `work` returned, and the delta, unless nothing changed
 * @throws Refusal, after which nothing has changed; any other error means that the memory can no longer be trusted
 */
export function change<T>(
  world: World,
  now: Micros,
  work: (change: Change) => T,
): { result: T; delta: Delta | undefined } {
  const change = new Change(world, now);
  try {
    const result = work(change);
    return { result, delta: change.isEmpty ? undefined : change.end() };
  } catch (error) {
    if (error instanceof Refusal && !change.isEmpty)
      throw new Error(`an act was refused after it had written: ${error.message}`, { cause: error });
    throw error;
  }
}
