import { z } from 'zod';
import { objectsIn } from './json-in-text.ts';
import { MindError } from './mind.ts';

const Text = z.union([z.string(), z.array(z.looseObject({ type: z.string(), text: z.string().optional() }))]);
/** What counts of a completion. Endpoints leave out what they do not have, or put null there. */
const Completion = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        finish_reason: z.string().nullish(),
        message: z.looseObject({
          content: Text.nullish(),
          refusal: z.string().nullish(),
          reasoning_content: z.string().nullish(),
          reasoning: z.unknown().optional(),
          tool_calls: z
            .array(z.looseObject({ function: z.looseObject({ arguments: z.string() }) }))
            .nullish()
            .catch(null),
        }),
      }),
    )
    .nullish(),
});

export interface Completion {
  text: string;
  /** The model came to the limit of its tokens. */
  isCutOff: boolean;
}

/**
 * The text that a model wrote.
 * @throws MindError when there is none
 */
export function completionOf(answer: unknown): Completion {
  const parsed = Completion.safeParse(answer);
  const choice = parsed.data?.choices?.[0];
  if (!choice) throw new MindError('the provider returned no choice');
  const { finish_reason: finish, message } = choice;
  if (message.refusal) throw new MindError(`the model refused: ${message.refusal}`);
  const written = textOf(message.content);
  if (finish === 'content_filter') throw new MindError('the provider withheld the answer');
  const isCutOff = finish === 'length';
  // Some models answer with a call, although nobody offers them a tool.
  const called = message.tool_calls?.[0]?.function.arguments ?? '';
  const text = written || called.trim() || decisionIn(message.reasoning_content ?? message.reasoning);
  if (text) return { text, isCutOff };
  throw new MindError(isCutOff ? 'the answer was cut off before its end' : 'the answer is empty');
}

/** Mistral's reasoning models answer in parts, the thoughts first. */
function textOf(content: z.infer<typeof Text> | null | undefined): string {
  const parts = Array.isArray(content)
    ? content.map(({ type, text }) => (type === 'text' ? (text ?? '') : ''))
    : [content];
  return parts.join('').trim();
}

/**
 * A server that splits off the reasoning may take all of an answer for it. An object counts only at the very end: what
 * stands in the middle is a draft.
 */
function decisionIn(reasoning: unknown): string {
  if (typeof reasoning !== 'string') return '';
  const text = reasoning.trim().replace(/\s*```$/, '');
  const last = text.endsWith('}') ? objectsIn(text).at(-1) : undefined;
  return last === undefined ? '' : JSON.stringify(last);
}
