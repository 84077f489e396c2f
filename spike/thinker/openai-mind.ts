import OpenAI, { APIConnectionError, APIError } from 'openai';
import type { Action } from '../client/bindings/index.ts';
import { ANSWER_SCHEMA, readAnswer } from './answer.ts';
import { MindError, type Context, type Mind } from './mind.ts';
import { promptOf } from './prompt.ts';
import { redact } from './redact.ts';
import { retryAfterMs } from './retry-after.ts';

/** How to ask an endpoint for JSON. Not all of them can enforce a schema. */
export const STRUCTURED = ['schema', 'json', 'none'] as const;
export type Structured = (typeof STRUCTURED)[number];

export interface OpenAiOptions {
  /** E.g. `http://127.0.0.1:11434/v1`. */
  baseUrl: string;
  model: string;
  apiKey: string;
  structured: Structured;
}

const FORMATS: Record<Structured, OpenAI.ChatCompletionCreateParams['response_format']> = {
  schema: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: ANSWER_SCHEMA } },
  json: { type: 'json_object' },
  none: undefined,
};

const LONGEST_REASON = 300;

/**
 * A mind that asks a model through the chat completions protocol. It never retries a call: the world's queue does that,
 * and counts the calls.
 */
export function openAiMind({ baseUrl, model, apiKey, structured }: OpenAiOptions): Mind {
  const client = new OpenAI({ baseURL: baseUrl, apiKey, maxRetries: 0, logLevel: 'off' });
  const format = FORMATS[structured];

  async function think(context: Context, signal: AbortSignal): Promise<Action> {
    const body = { model, messages: promptOf(context), ...(format && { response_format: format }) };
    const { choices } = await client.chat.completions.create(body, { signal });
    const [choice] = choices ?? [];
    if (!choice) throw new MindError('the provider returned no choice');
    if (choice.finish_reason === 'length') throw new MindError('the answer was cut off before its end');
    if (choice.finish_reason === 'content_filter') throw new MindError('the provider withheld the answer');
    if (choice.message.refusal) throw new MindError(`the model refused: ${choice.message.refusal}`);
    if (!choice.message.content) throw new MindError('the answer is empty');
    return readAnswer(choice.message.content);
  }

  return {
    name: `${model} at ${new URL(baseUrl).host}`,
    think: (context, signal) =>
      think(context, signal).catch((error: unknown) => Promise.reject(reasonOf(error, apiKey))),
  };
}

/** The reason why there is no answer, without secrets. */
function reasonOf(error: unknown, apiKey: string): MindError {
  const [reason, waitMs] = explain(error);
  return new MindError(redact(reason, [apiKey]).slice(0, LONGEST_REASON), waitMs);
}

function explain(error: unknown): [reason: string, waitMs: number] {
  if (error instanceof MindError) return [error.message, error.waitMs];
  if (error instanceof APIConnectionError) return [`the provider cannot be reached: ${rootOf(error).message}`, 0];
  if (error instanceof APIError) {
    // The message begins with the status.
    const { headers, message } = error as APIError<number | undefined, Headers | undefined>;
    return [`the provider answered ${message}`, retryAfterMs(headers)];
  }
  return [error instanceof Error ? error.message : String(error), 0];
}

/** The network's own error lies below those of the libraries. */
function rootOf(error: Error): Error {
  return error.cause instanceof Error ? rootOf(error.cause) : error;
}
