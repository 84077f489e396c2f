import { z } from 'zod';
import { Action } from '../client/bindings/index.ts';

/** What the world counts in. The SDK would silently cut off what is larger. */
const U32 = 2 ** 32 - 1;
const count = z.int().min(0).max(U32);
const good = z.string().describe('the name of a good; gold is one');
const quantity = z.int().min(1).max(U32);

/** What a model may answer: the closed set of actions, each with what it needs and nothing more. */
export const Answer = z.strictObject({
  action: z.union([
    z.strictObject({ kind: z.literal('say'), words: z.string().describe('one line, at most 280 characters') }),
    z.strictObject({ kind: z.literal('go'), direction: z.string().describe('one of the exits') }),
    z.strictObject({ kind: z.literal('give'), to: count.describe('the id of somebody who is here'), good, quantity }),
    z.strictObject({ kind: z.literal('buy'), good, quantity, gold: count.describe('at most, in all') }),
    z.strictObject({ kind: z.literal('sell'), good, quantity, gold: count.describe('at least, in all') }),
    z.strictObject({ kind: z.literal('wait') }),
  ]),
});
export type Answer = z.infer<typeof Answer>;

/** For endpoints that hold a model to a schema. */
export const ANSWER_SCHEMA = z.toJSONSchema(Answer, { target: 'draft-7' });

/** Models that are not held to JSON like to put it into a block of code. */
const FENCE = /^\s*```(?:json)?\s*(.*?)\s*```\s*$/s;

/**
 * Reads what a model wrote.
 * @throws Error that says what is wrong with it, without repeating all of it
 */
export function readAnswer(text: string): Action {
  let data: unknown;
  try {
    data = JSON.parse(FENCE.exec(text)?.[1] ?? text);
  } catch {
    throw new Error(`the answer is no JSON: ${JSON.stringify(text.slice(0, 60))}`);
  }
  const parsed = Answer.safeParse(data);
  if (!parsed.success) throw new Error(`the answer is none of the actions: ${JSON.stringify(data).slice(0, 120)}`);
  return actionOf(parsed.data);
}

function actionOf({ action }: Answer): Action {
  switch (action.kind) {
    case 'say':
      // What is said is one line.
      return Action.Say(action.words.replaceAll(/\s+/g, ' '));
    case 'go':
      return Action.Go(action.direction);
    case 'give':
      return Action.Give({ to: action.to, good: action.good, quantity: action.quantity });
    case 'buy':
      return Action.Buy({ good: action.good, quantity: action.quantity, gold: action.gold });
    case 'sell':
      return Action.Sell({ good: action.good, quantity: action.quantity, gold: action.gold });
    case 'wait':
      return { tag: 'Wait' };
  }
}
