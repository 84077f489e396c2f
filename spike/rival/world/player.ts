import { GOLD } from '../../client/world-constants.ts';
import { apply, transfer, type Action } from './action.ts';
import { OWN, type Change } from './change.ts';
import { agentAt } from './geography.ts';
import { newName } from './name.ts';
import { TREASURY } from './purses.ts';
import { Refusal } from './refusal.ts';
import { requireRunning } from './tick.ts';
import { ask as openQuestion } from './think/opening.ts';
import { checkSpeech } from './speech.ts';

/** Anybody may join, and a body is never removed: without a limit strangers could fill the memory. */
const MAX_PLAYERS = 1_000;

/**
 * Enters the world under a name. The name and the body stay.
 * @returns the id of the body
 * @throws Refusal when the caller has another role or joined before, the world is full or stands still, or the name is not free
 */
export function join(change: Change, identity: string, typed: string): number {
  const { world } = change;
  const present = world.players.get(identity);
  if (present) throw new Refusal(`you are here already, as ${world.nameOf(present.agent)}`);
  const role = world.roles.get(identity);
  if (role && role !== 'Player')
    throw new Refusal(`you have the role ${role}, and cannot be a player too: join with another identity`);
  if (world.players.size >= MAX_PLAYERS) throw new Refusal(`the world is full: it has ${MAX_PLAYERS} players already`);
  requireRunning(world);
  const name = newName(world, typed);
  const { map, newcomerPlace } = world.geography;
  const gift = map.newcomers.gold_each;
  const agent = agentAt(world.agents.length, 'PlayerControlled', newcomerPlace);
  change.setRole({ identity, role: 'Player' });
  change.addNewcomer({ agent, name, persona: 'A player.' });
  change.setPlayer({ identity, agent: agent.id, online: true });
  if (gift > 0 && world.purses.get(TREASURY, GOLD) >= gift) transfer(change, TREASURY, agent.id, GOLD, gift);
  change.addEvent(agent, OWN, 'arrive');
  return agent.id;
}

/**
 * Does something with the caller's body.
 * @throws Refusal when the caller is not a player, the world stands still, or it forbids the action
 */
export function act(change: Change, identity: string, action: Action): void {
  apply(change, bodyOf(change, identity, 'act'), action, OWN);
}

/**
 * Asks an agent a question. Its mind answers later, and the world goes on meanwhile.
 * @throws Refusal as the contract has it
 */
export function ask(change: Change, identity: string, agent: number, question: string): void {
  const asker = bodyOf(change, identity, 'ask an agent');
  openQuestion(change, agent, asker, checkSpeech(question));
}

/** Notes that a player came or went. The body stays in the world either way. */
export function setOnline(change: Change, identity: string, online: boolean): void {
  const player = change.world.players.get(identity);
  if (player && player.online !== online) change.setPlayer({ ...player, online });
}

function bodyOf({ world }: Change, identity: string, what: string): number {
  if (world.roles.get(identity) !== 'Player') throw new Refusal(`only the role Player may ${what}`);
  requireRunning(world);
  const player = world.players.get(identity);
  if (!player) throw new Refusal('join the world first');
  return player.agent;
}
