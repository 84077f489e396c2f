import type { Action } from '../client/bindings/index.ts';
import { AnswerError, readAnswer } from './answer.ts';
import { AnswerFormat, type Structured } from './answer-format.ts';
import { chat, UnreachableError, type ChatEndpoint } from './chat-endpoint.ts';
import { completionOf, type Completion } from './completion.ts';
import { MindError, UnavailableError, type Context, type Mind } from './mind.ts';
import { promptOf } from './prompt.ts';
import { ProviderError } from './provider-error.ts';
import { redact } from './redact.ts';

export interface OpenAiOptions extends ChatEndpoint {
  model: string;
  structured: Structured;
}

const LONGEST_REASON = 400;

/**
 * A mind that asks a model through the chat completions protocol. It never repeats a call, except to ask for JSON in a
 * form that the endpoint knows: the world's queue does that, and counts the calls.
 */
export function openAiMind({ model, structured, ...endpoint }: OpenAiOptions): Mind {
  const format = new AnswerFormat(structured);

  async function think(context: Context, signal: AbortSignal, log: (line: string) => void): Promise<Action> {
    const body = { model, messages: promptOf(context) };
    const answer = await format.ask(
      (response_format) => chat(endpoint, { ...body, ...(response_format && { response_format }) }, signal),
      log,
    );
    return read(completionOf(answer), (misfit) => format.saw(misfit, log));
  }

  return {
    name: `${model} at ${new URL(endpoint.baseUrl).host}`,
    think: (context, signal, log = () => {}) =>
      think(context, signal, log).catch((error: unknown) => Promise.reject(withoutSecrets(error, endpoint.apiKey))),
  };
}

function read({ text, isCutOff }: Completion, saw: (misfit: string | undefined) => void): Action {
  try {
    const action = readAnswer(text);
    saw(undefined);
    return action;
  } catch (error) {
    // The limit of its tokens is not the fault of the format.
    if (isCutOff) throw new MindError('the answer was cut off before its end');
    if (error instanceof AnswerError) saw(error.isOfForm ? error.message : undefined);
    throw error;
  }
}

/** The reason why there is no answer, and whether anybody gets one at present. Neither may hold the key. */
function withoutSecrets(error: unknown, apiKey: string): Error {
  const message = error instanceof Error ? error.message : String(error);
  const reason = [...redact(message, [apiKey])].slice(0, LONGEST_REASON).join('');
  if (error instanceof UnreachableError) return new UnavailableError(reason);
  if (error instanceof ProviderError && !error.isOfTheWords) return new UnavailableError(reason, error.waitMs);
  return new MindError(reason);
}
