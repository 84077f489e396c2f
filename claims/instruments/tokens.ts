import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import type { Action } from '../../spike/client/bindings/index.ts';
import { FIELDS } from '../../spike/thinker/answer.ts';
import type { Context } from '../../spike/thinker/mind.ts';
import { promptOf } from '../../spike/thinker/prompt.ts';

/** The encoding that `gpt-tokenizer` has for GPT-4o and GPT-5; newer models may count a little differently. */
export const ENCODING = 'o200k_base';

/** Tokens of a prompt: the words of its messages, without the few that a provider adds around each. */
export function promptTokens(context: Context): { all: number; rules: number } {
  const messages = promptOf(context);
  const counts = messages.map(({ content }) => countTokens(content));
  const rules = counts[messages.findIndex(({ role }) => role === 'system')] ?? 0;
  return { all: counts.reduce((sum, count) => sum + count, 0), rules };
}

/** Tokens of the answer in which a model would write an action. */
export function answerTokens(action: Action): number {
  return countTokens(JSON.stringify({ action: asWritten(action) }));
}

function asWritten(action: Action): Record<string, unknown> {
  const kind = action.tag.toLowerCase();
  if (!('value' in action)) return { kind };
  const { value } = action;
  const [field = ''] = FIELDS.get(kind) ?? [];
  return typeof value === 'object' ? { kind, ...value } : { kind, [field]: value };
}
