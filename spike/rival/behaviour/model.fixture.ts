import { NOBODY } from '../../client/world-constants.ts';
import type { ThinkRequest } from '../world/rows.ts';
import { Town } from '../world/town.fixture.ts';
import { act, ask } from '../world/player.ts';
import { Refusal } from '../world/refusal.ts';
import { holdingsOf } from '../world/state.ts';
import { lease, submit } from '../world/think/lease.ts';
import { pause } from '../world/tick.ts';
import type { Action, Census } from './arm.ts';

/** One call. Players and thinkers go by their numbers. */
export type Call =
  | { player: number; action: Action }
  | { player: number; asked: number }
  | { thinker: number; leases: number }
  | { thinker: number; request: number; epoch: number; action: Action };

const REFLECTION: Omit<ThinkRequest, 'id' | 'agent'> = {
  asker: NOBODY,
  priority: 'Reflection',
  state: 'Pending',
  attempts: 0,
  leaseEpoch: 0,
  leaseOwner: '',
  leasedAt: 0,
  askedAt: 0,
  notBefore: 0,
  deadline: Infinity,
  reapAt: Infinity,
  refusal: '',
  event: 0,
  reason: '',
};

/** The rules as a model: what each call must do, computed in memory and without a clock. */
export class Model {
  readonly #town = new Town();
  readonly #players: readonly string[];

  /** Begins where the world stands, whose clock is paused. */
  constructor(players: readonly string[], { agents, holdings, requests }: Census) {
    this.#players = players;
    for (const name of players) this.#town.join(name);
    const { world } = this.#town;
    for (const { id, place } of agents) {
      const agent = world.agents[id];
      if (agent) world.putAgent({ ...agent, place });
    }
    for (const { holder, good } of holdingsOf(world)) world.purses.set(holder, good, 0);
    for (const { holder, good, quantity } of holdings) world.purses.set(holder, good, quantity);
    // Somebody may have wished to think before the tempo was set.
    for (const { id, agent } of requests) world.putRequest({ ...REFLECTION, id, agent, notBefore: this.#town.now });
    this.#town.do((change) => pause(change, ''));
  }

  /** @returns the reason of a refusal, the requests that were leased, or an empty text */
  call(call: Call): string {
    try {
      return this.#town.do((change) => {
        if ('leases' in call) return leased(lease(change, `thinker ${call.thinker}`, call.leases));
        if ('request' in call) submit(change, `thinker ${call.thinker}`, call.request, call.epoch, call.action);
        else if ('asked' in call) ask(change, this.#players[call.player] ?? '', call.asked, 'What now?');
        else act(change, this.#players[call.player] ?? '', call.action);
        return '';
      });
    } catch (error) {
      if (error instanceof Refusal) return error.message;
      throw error;
    }
  }

  /** What can be compared: all but the time. */
  census(): Omit<Census, 'tick'> {
    const { world } = this.#town;
    return {
      agents: world.agents.map(({ id, place }) => ({ id, place })),
      holdings: sorted(holdingsOf(world)),
      events: world.events.map(({ version: _v, tick: _t, at: _a, ...event }) => event),
      requests: [...world.open.values(), ...world.ended.values()]
        .map(({ id, agent, state, leaseEpoch }) => ({ id, agent, state, leaseEpoch }))
        .sort((a, b) => a.id - b.id),
    };
  }
}

export function leased(leases: readonly { request: number; leaseEpoch: number }[]): string {
  return leases.map(({ request, leaseEpoch }) => `${request}@${leaseEpoch}`).join();
}

export function sorted(holdings: Census['holdings']): Census['holdings'] {
  return holdings.toSorted((a, b) => a.holder - b.holder || a.good - b.good);
}
