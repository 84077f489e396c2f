import { FIELDS } from './answer.ts';

const TEXTS = ['words', 'direction', 'good'];
const fields = [...new Set([...FIELDS.values()].flat())];

/**
 * The form of an answer, for endpoints that hold a model to a schema. It has only objects, required fields, an enum,
 * texts and integers, because endpoints agree on no more:
 *
 * - OpenAI and Azure require every field, and `additionalProperties: false`. Azure does not know bounds of texts and
 *   numbers (https://learn.microsoft.com/azure/ai-foundry/openai/how-to/structured-outputs).
 * - llama.cpp silently skips what its grammars cannot express, and does not mix `properties` with `anyOf`
 *   (https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md).
 * - node-llama-cpp knows `oneOf` but not `anyOf`, and OpenAI the reverse.
 *
 * So the schema cannot say which fields belong to which kind, nor how long words may be: the prompt says it, and
 * `readAnswer` checks it. A field that a kind does not use is an empty text or 0.
 */
export const ANSWER_SCHEMA = {
  type: 'object',
  properties: {
    action: {
      type: 'object',
      properties: {
        kind: { type: 'string', enum: [...FIELDS.keys()] },
        ...Object.fromEntries(fields.map((field) => [field, { type: TEXTS.includes(field) ? 'string' : 'integer' }])),
      },
      required: ['kind', ...fields],
      additionalProperties: false,
    },
  },
  required: ['action'],
  additionalProperties: false,
};
