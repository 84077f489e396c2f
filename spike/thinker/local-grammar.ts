import { MAX_SPEECH } from '../client/world-constants.ts';
import { FIELDS } from './answer.ts';

const LONGEST_NAME = 40;
const TEXTS: Record<string, object> = {
  words: { type: 'string', minLength: 1, maxLength: MAX_SPEECH },
  direction: { type: 'string', minLength: 1, maxLength: LONGEST_NAME },
  good: { type: 'string', minLength: 1, maxLength: LONGEST_NAME },
};

/**
 * Every action with exactly its own fields, for the grammar that node-llama-cpp makes of it: it knows `oneOf` but not
 * `anyOf`, and no bounds of numbers. `readAnswer` checks those, and the world the rest.
 */
export const LOCAL_SCHEMA = {
  type: 'object',
  properties: {
    action: {
      oneOf: [...FIELDS].map(([kind, fields]) => ({
        type: 'object',
        properties: {
          kind: { const: kind },
          ...Object.fromEntries(fields.map((field) => [field, TEXTS[field] ?? { type: 'integer' }])),
        },
      })),
    },
  },
};
