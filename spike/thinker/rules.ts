import { Action } from '../client/bindings/index.ts';
import type { Context, Mind } from './mind.ts';
import { hash, pick } from './voice/hash.ts';
import { PLACES } from './voice/places.ts';
import { Recent } from './voice/recent.ts';
import { Voice } from './voice/voice.ts';

/** What an agent tries first in a reflection, in percent; the rest is waiting. What is not possible becomes words. */
const SHARES = { say: 38, go: 18, trade: 22, give: 8 };
/** A piece never costs more. */
const DEAREST = 12;
/** With fewer pieces a keeper gives nothing away. */
const PLENTY = 4;

/**
 * A mind without a model: it answers at once, and the same contexts in the same order always get the same actions. It
 * remembers what was said in the last ten minutes, in a bounded memory.
 */
export function rulesMind(): Mind {
  const voice = new Voice();
  const tried = new Recent();
  return {
    name: 'embedded rules',
    think: (context) => Promise.resolve(decide(context, voice, tried)),
  };
}

/** The one of this process. */
export const rules: Mind = rulesMind();

function decide(context: Context, voice: Voice, tried: Recent): Action {
  if (context.question) return Action.Say(voice.answer(context));
  const { agent, tick } = context;
  // The same context again: the world refused what came of it, so the agent does not insist.
  const key = `${agent?.id} at ${tick}`;
  const deed = tried.isFresh(key, tick) && !context.refusal ? deedOf(context) : undefined;
  tried.use(key, tick);
  if (deed) return deed;
  const words = voice.remark(context);
  return words === undefined ? { tag: 'Wait' } : Action.Say(words);
}

/** What the agent does instead of speaking, if anything. */
function deedOf(context: Context): Action | undefined {
  const { tick, agent, exits } = context;
  const roll = hash(`${agent?.name} acts ${tick}`) % 100;
  const { say, go, trade, give } = SHARES;
  if (roll < say) return undefined;
  if (roll < say + go) {
    const exit = pick(exits, `${agent?.name} goes ${tick}`);
    return exit === undefined ? undefined : Action.Go(exit);
  }
  if (roll < say + go + trade) return tradeOf(context);
  if (roll < say + go + trade + give) return giftOf(context);
  return { tag: 'Wait' };
}

/** Sells what the stall does not live on, or buys what it does. The world knows the price; this only bids. */
function tradeOf({ tick, agent, place, here, holds }: Context): Action | undefined {
  const stall = place && Object.hasOwn(PLACES, place.name) ? PLACES[place.name]?.stall : undefined;
  if (!stall || !here.some(({ name }) => name === stall.keeper)) return undefined;
  const wares = holds.find(({ good }) => good !== 'gold' && !stall.goods.includes(good));
  if (wares) return Action.Sell({ good: wares.good, quantity: 1, gold: 1 });
  const gold = holds.find(({ good }) => good === 'gold')?.quantity ?? 0;
  const good = pick(stall.goods, `${agent?.name} buys ${tick}`);
  if (good === undefined || gold === 0) return undefined;
  return Action.Buy({ good, quantity: 1, gold: Math.min(DEAREST, gold) });
}

/** One piece for somebody who is here. */
function giftOf({ tick, agent, here, holds }: Context): Action | undefined {
  const to = pick(here, `${agent?.name} gives ${tick}`);
  const keeps = Object.values(PLACES).some(({ stall }) => stall?.keeper === agent?.name);
  const gift = holds.find(({ good, quantity }) => good !== 'gold' && quantity >= (keeps ? PLENTY : 1));
  return to && gift && Action.Give({ to: to.id, good: gift.good, quantity: 1 });
}
