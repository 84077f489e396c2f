import { z } from 'zod';
import { Action } from '../client/bindings/index.ts';

/** The largest number that the world counts with. The SDK silently truncates a larger one. */
const U32 = 2 ** 32 - 1;
const count = z.int().min(0).max(U32);
const good = z.string().describe('the name of a good; gold is one');
const quantity = z.int().min(1).max(U32);

/** The answers that a model may give: the closed set of actions, each with exactly its own fields. */
export const ModelAnswer = z.strictObject({
  action: z.union([
    z.strictObject({ kind: z.literal('say'), words: z.string().describe('one line, at most 280 characters') }),
    z.strictObject({ kind: z.literal('go'), direction: z.string().describe('one of the exits') }),
    z.strictObject({ kind: z.literal('give'), to: count.describe('the id of somebody who is here'), good, quantity }),
    z.strictObject({ kind: z.literal('buy'), good, quantity, gold: count.describe('at most, in all') }),
    z.strictObject({ kind: z.literal('sell'), good, quantity, gold: count.describe('at least, in all') }),
    z.strictObject({ kind: z.literal('wait') }),
  ]),
});
export type ModelAnswer = z.infer<typeof ModelAnswer>;

/** For endpoints that enforce a schema on the model. */
export const ANSWER_SCHEMA = z.toJSONSchema(ModelAnswer, { target: 'draft-7' });

/** Models often put JSON into a fenced block of code, unless the endpoint enforces JSON. */
const FENCE = /^\s*```(?:json)?\s*(.*?)\s*```\s*$/s;

/**
 * Reads what a model wrote.
 * @throws Error that quotes the beginning of the answer
 */
export function readAnswer(text: string): Action {
  let data: unknown;
  try {
    data = JSON.parse(FENCE.exec(text)?.[1] ?? text);
  } catch {
    throw new Error(`the answer is not JSON: ${JSON.stringify(text.slice(0, 60))}`);
  }
  const parsed = ModelAnswer.safeParse(data);
  if (!parsed.success) throw new Error(`the answer is not one of the actions: ${JSON.stringify(data).slice(0, 120)}`);
  return actionOf(parsed.data);
}

function actionOf({ action }: ModelAnswer): Action {
  switch (action.kind) {
    case 'say':
      // The world accepts only one line.
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
