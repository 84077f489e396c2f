import { z } from 'zod';
import { Action } from '../client/bindings/index.ts';
import { MAX_SPEECH } from '../client/world-constants.ts';
import { objectsIn } from './json-in-text.ts';

/** The largest number that the world counts with. The SDK silently truncates a larger one. */
export const U32 = 2 ** 32 - 1;
const count = z.int().min(0).max(U32);
const name = z.string().min(1);
const quantity = z.int().min(1).max(U32);
/** The world accepts only one line, and counts characters rather than UTF-16 units. */
const speech = z
  .string()
  .transform((words) => words.replaceAll(/\s+/g, ' ').trim())
  .refine((words) => words !== '', 'must not be empty')
  .refine((words) => [...words].length <= MAX_SPEECH, {
    error: ({ input }) => `has ${[...String(input)].length} characters, and at most ${MAX_SPEECH} are allowed`,
  });

const KINDS = [
  z.strictObject({ kind: z.literal('say'), words: speech }),
  z.strictObject({ kind: z.literal('go'), direction: name }),
  z.strictObject({ kind: z.literal('give'), to: count, good: name, quantity }),
  z.strictObject({ kind: z.literal('buy'), good: name, quantity, gold: count }),
  z.strictObject({ kind: z.literal('sell'), good: name, quantity, gold: count }),
  z.strictObject({ kind: z.literal('wait') }),
] as const;
/** The fields of each kind of action, without `kind`. */
export const FIELDS: ReadonlyMap<string, readonly string[]> = new Map(
  KINDS.map(({ shape }) => [shape.kind.value, Object.keys(shape).filter((field) => field !== 'kind')]),
);

/** The answers that a model may give: the closed set of actions, each with exactly its own fields. */
export const ModelAnswer = z.strictObject({ action: z.discriminatedUnion('kind', KINDS) });
export type ModelAnswer = z.infer<typeof ModelAnswer>;

/** Why a text is not an answer. */
export class AnswerError extends Error {
  /** Whether the text has not even the form that the schema for endpoints gives it. */
  readonly isOfForm: boolean;

  constructor(message: string, isOfForm: boolean) {
    super(message);
    this.isOfForm = isOfForm;
  }
}

/**
 * Reads what a model wrote: the last object in the text that is an answer. A draft comes first, the decision last.
 * @throws AnswerError that says what is wrong with the last object, or quotes the beginning of a text without one
 */
export function readAnswer(text: string): Action {
  const objects = objectsIn(text);
  if (objects.length === 0)
    throw new AnswerError(`the answer is not JSON: ${JSON.stringify(text.trim().slice(0, 60))}`, true);
  const read = objects.map((object) => ModelAnswer.safeParse(withOwnFields(object)));
  const answer = read.findLast(({ success }) => success)?.data;
  if (answer) return actionOf(answer);
  const last = objects.at(-1);
  const fault = faultOf(last, read.at(-1)?.error);
  const message = `the answer is not one of the actions: ${JSON.stringify(last).slice(0, 120)}: ${fault}`;
  throw new AnswerError(
    message,
    !(isRecord(last) && isRecord(last['action']) && FIELDS.has(String(last['action']['kind']))),
  );
}

/**
 * The schema for endpoints forces every field on every action. So a field of another kind counts as absent if it is
 * empty, and whatever it holds if all fields are there.
 */
function withOwnFields(answer: unknown): unknown {
  if (!isRecord(answer) || !isRecord(answer['action'])) return answer;
  const { action } = answer;
  const own = FIELDS.get(String(action['kind']));
  const forced = new Set([...FIELDS.values()].flat());
  if (!own) return answer;
  const isComplete = [...forced].every((field) => field in action);
  const kept = Object.entries(action).filter(
    ([field, value]) => !forced.has(field) || own.includes(field) || !(isComplete || isEmpty(value)),
  );
  return { ...answer, action: Object.fromEntries(kept) };
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || value === 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is wrong, in words that help the model to do better: they go into the prompt of the next attempt. */
function faultOf(answer: unknown, error: z.ZodError | undefined): string {
  if (isRecord(answer) && answer['action'] === null) return 'action is null';
  const [issue] = error?.issues ?? [];
  if (!issue) return 'it does not fit';
  if (issue.code === 'invalid_union') return `action.kind must be one of ${[...FIELDS.keys()].join(', ')}`;
  return `${issue.path.join('.') || 'the answer'}: ${issue.message}`;
}

function actionOf({ action }: ModelAnswer): Action {
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
