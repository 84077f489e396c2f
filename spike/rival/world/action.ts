import { z } from 'zod';
import type { Cause, Change } from './change.ts';
import { moveBetween } from './price.ts';
import { Refusal } from './refusal.ts';
import { checkSpeech, remember } from './speech.ts';
import { buy, sell } from './stall.ts';
import type { Agent } from './rows.ts';
import type { World } from './state.ts';

const count = z.int().min(0).max(4_294_967_295);
const Deal = z.strictObject({ good: z.string(), quantity: count, gold: count });

/** What a player or a mind can do, in the JSON of the contract (`spike/world/contract.json`). */
export const Action = z.union([
  z.strictObject({ Say: z.string() }),
  z.strictObject({ Go: z.string() }),
  z.strictObject({ Give: z.strictObject({ to: count, good: z.string(), quantity: count }) }),
  z.strictObject({ Buy: Deal }),
  z.strictObject({ Sell: Deal }),
  z.strictObject({ Wait: z.tuple([]) }),
]);
export type Action = z.infer<typeof Action>;

/**
 * Does it and writes the event.
 * @returns the event's id
 * @throws Refusal with the reason why the present world forbids it
 */
export function apply(change: Change, id: number, action: Action, cause: Cause): number {
  const { world } = change;
  const actor = world.agents[id];
  if (!actor) throw new Refusal(`there is no agent ${id}`);
  if ('Say' in action) {
    const words = checkSpeech(action.Say);
    remember(change, actor.place, id, words);
    return change.addEvent(actor, cause, 'say', { words });
  }
  if ('Go' in action) return go(change, actor, action.Go, cause);
  if ('Give' in action) {
    const { to, good, quantity } = action.Give;
    if (world.agents[to]?.place !== actor.place) throw new Refusal(`${world.nameOf(to)} is not here`);
    transfer(change, id, to, goodNamed(world, good), quantity);
    return change.addEvent(actor, cause, 'give', { taker: to, quantity, words: good });
  }
  if ('Buy' in action) {
    const { good, quantity, gold } = action.Buy;
    const paid = buy(change, actor, goodNamed(world, good), quantity, gold);
    return change.addEvent(actor, cause, 'buy', { quantity, gold: paid, words: good });
  }
  if ('Sell' in action) {
    const { good, quantity, gold } = action.Sell;
    const paid = sell(change, actor, goodNamed(world, good), quantity, gold);
    return change.addEvent(actor, cause, 'sell', { quantity, gold: paid, words: good });
  }
  return change.addEvent(actor, cause, 'wait');
}

/** @throws Refusal when the giver has less than that, or giver and taker are one */
export function transfer(change: Change, from: number, to: number, good: number, quantity: number): void {
  if (from === to) throw new Refusal('nobody can give to themselves');
  const { purses } = change.world;
  const [left, right] = moveBetween(purses.get(from, good), purses.get(to, good), quantity);
  change.setHolding(from, good, left);
  change.setHolding(to, good, right);
}

function go(change: Change, actor: Agent, direction: string, cause: Cause): number {
  const exit = change.world.geography.exits[actor.place]?.find((each) => each.direction === direction);
  if (!exit) throw new Refusal(`no exit leads "${direction}" from here`);
  change.setAgent({ ...actor, place: exit.to });
  return change.addEvent(actor, cause, 'go', { words: direction });
}

function goodNamed({ geography }: World, name: string): number {
  const good = geography.goods.indexOf(name);
  if (good < 0) throw new Refusal(`nobody here knows a good called "${name}"`);
  return good;
}
