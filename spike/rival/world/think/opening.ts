import { CONTEXT_VERSION, DEADLINE_MS, NOBODY } from '../../../client/world-constants.ts';
import type { Change } from '../change.ts';
import { Refusal } from '../refusal.ts';
import type { Agent, ThinkRequest } from '../rows.ts';
import { describe } from './context.ts';

/** Open requests in the whole world. Beyond it agents carry on by routine. */
export const MAX_OPEN = 5_000;
/** Open questions of one player, so that one person cannot fill the queue. */
const MAX_OPEN_OF_PLAYER = 3;

/**
 * A player's question to an agent. It replaces a pending reflection of the agent, and in a full queue the oldest pending one.
 * @throws Refusal when the agent cannot be asked, or the player or the world has too many open questions
 */
export function ask(change: Change, agent: number, asker: number, question: string): void {
  const { world } = change;
  const who = world.agents[agent];
  if (!who) throw new Refusal(`there is no agent ${agent}`);
  if (agent === asker) throw new Refusal('you cannot ask yourself: players answer for themselves');
  const name = world.nameOf(agent);
  if (who.routine === 'PlayerControlled') throw new Refusal(`${name} is a player, and players answer for themselves`);
  const open = world.openRequestsOf(agent);
  const other = open.find(({ priority }) => priority === 'Question');
  if (other) {
    const whose = other.asker === asker ? 'your' : `${world.nameOf(other.asker)}'s`;
    throw new Refusal(`${name} is lost in thought already, about ${whose} question`);
  }
  refuseTooMany(change, asker);
  const replaced = open.filter(({ state }) => state === 'Pending');
  const givesWay = replaced.length === 0 && isFull(change) ? oldestReflection(change) : undefined;
  if (replaced.length === 0 && isFull(change) && !givesWay) throw new Refusal(`${MAX_OPEN} requests are open already`);
  for (const { id } of replaced) change.forgetRequest(id);
  if (replaced.length > 0) change.setStats({ coalesced: world.stats.coalesced + replaced.length });
  if (givesWay) {
    change.forgetRequest(givesWay.id);
    change.setStats({ rejected: world.stats.rejected + 1 });
  }
  openRequest(change, who, asker, question);
}

/** An agent's own wish for a thought, while it has no open request and the queue has room. */
export function reflect(change: Change, who: Agent): void {
  const { stats } = change.world;
  if (change.world.hasOpenRequest(who.id)) change.setStats({ coalesced: stats.coalesced + 1 });
  else if (isFull(change)) change.setStats({ rejected: stats.rejected + 1 });
  else openRequest(change, who, NOBODY, '');
}

function openRequest(change: Change, who: Agent, asker: number, question: string): void {
  const { world, now } = change;
  const id = world.nextRequest;
  const deadline = now + DEADLINE_MS * 1_000;
  change.setRequest({
    id,
    agent: who.id,
    asker,
    priority: asker === NOBODY ? 'Reflection' : 'Question',
    state: 'Pending',
    attempts: 0,
    leaseEpoch: 0,
    leaseOwner: '',
    leasedAt: now,
    askedAt: now,
    notBefore: now,
    deadline,
    reapAt: deadline,
    refusal: '',
    event: 0,
    reason: '',
  });
  const payload = describe(world, who, asker, question);
  change.addContext({ request: id, version: CONTEXT_VERSION, observedTick: world.clock.tick, payload });
}

const isFull = ({ world }: Change) => world.open.size >= MAX_OPEN;

function oldestReflection({ world }: Change): ThinkRequest | undefined {
  for (const request of world.open.values())
    if (request.priority === 'Reflection' && request.state === 'Pending') return request;
  return undefined;
}

function refuseTooMany({ world }: Change, asker: number): void {
  const open = [...world.open.values()].filter((request) => request.asker === asker);
  if (open.length < MAX_OPEN_OF_PLAYER) return;
  const names = new Intl.ListFormat('en-GB').format(open.map(({ agent }) => world.nameOf(agent)));
  throw new Refusal(
    `${names} still think about your questions, and ${MAX_OPEN_OF_PLAYER} at once are the most: wait for an answer`,
  );
}
