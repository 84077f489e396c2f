import { z } from 'zod';
import { Action } from '../client/bindings/index.ts';

const good = z.string().describe('the name of a good; gold is one');
const quantity = z.int().positive();

/** What a model may answer: the closed set of actions, each with what it needs and nothing more. */
export const Answer = z.strictObject({
  action: z.union([
    z.strictObject({ kind: z.literal('say'), words: z.string().describe('one line, at most 280 characters') }),
    z.strictObject({ kind: z.literal('go'), direction: z.string().describe('one of the exits') }),
    z.strictObject({ kind: z.literal('give'), to: z.int().describe('the id of somebody who is here'), good, quantity }),
    z.strictObject({ kind: z.literal('buy'), good, quantity, gold: z.int().nonnegative().describe('at most, in all') }),
    z.strictObject({
      kind: z.literal('sell'),
      good,
      quantity,
      gold: z.int().nonnegative().describe('at least, in all'),
    }),
    z.strictObject({ kind: z.literal('wait') }),
  ]),
});
export type Answer = z.infer<typeof Answer>;

/** For endpoints that hold a model to a schema. */
export const ANSWER_SCHEMA = z.toJSONSchema(Answer, { target: 'draft-7' });

/**
 * Reads what a model wrote.
 * @throws Error that says what is wrong with it, without repeating all of it
 */
export function readAnswer(text: string): Action {
  let data: unknown;
  try {
    data = JSON.parse(text);
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
      return Action.Say(action.words);
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
