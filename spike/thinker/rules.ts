import { Action } from '../client/bindings/index.ts';
import type { Context, Mind } from './mind.ts';

/**
 * A mind without a model. It answers at once, and the same context always gets the same answer. A world needs nothing
 * else to run.
 */
export const rules: Mind = {
  name: 'embedded rules',
  think: (context) => Promise.resolve(decide(context)),
};

export function decide({ tick, agent, place, exits, here, question }: Context): Action {
  const me = agent?.name ?? 'somebody';
  if (question)
    return Action.Say(`You ask me that, at ${place?.name ?? 'this hour'}? I will think about it on my round.`);
  const choice = hash(`${me} ${tick}`) % 3;
  const [neighbour] = here;
  if (choice === 0 && neighbour) return Action.Say(`${neighbour.name}, have you seen the tide?`);
  const exit = exits[hash(`${tick} ${me}`) % Math.max(1, exits.length)];
  if (choice === 1 && exit) return Action.Go(exit);
  return { tag: 'Wait' };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return value;
}
