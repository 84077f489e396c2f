import { expect, test } from 'playwright/test';
import { readAnswer } from './answer.ts';
import { completionOf } from './completion.ts';

const SAY = '{"action":{"kind":"say","words":"Good day."}}';
const WAIT = '{"action":{"kind":"wait"}}';
const choice = (message: object, rest: object = {}) => ({ choices: [{ finish_reason: 'stop', message, ...rest }] });

for (const [what, message] of [
  ['content', { role: 'assistant', content: SAY, refusal: null }],
  ['content without what is optional', { content: SAY }],
  ['content next to reasoning', { content: SAY, reasoning_content: `Perhaps ${WAIT}` }],
  ['content next to reasoning of OpenRouter', { content: SAY, reasoning: WAIT, reasoning_details: [] }],
  [
    'content in parts',
    {
      content: [
        { type: 'thinking', thinking: [{ type: 'text', text: WAIT }] },
        { type: 'text', text: SAY },
      ],
    },
  ],
  [
    'a call of a tool',
    { content: null, tool_calls: [{ type: 'function', function: { name: 'act', arguments: SAY } }] },
  ],
  ['reasoning that is all of the answer', { content: null, reasoning_content: SAY }],
  [
    'reasoning that ends in the answer',
    { content: '', reasoning_content: `Not ${WAIT}, but\n\`\`\`json\n${SAY}\n\`\`\`` },
  ],
  ['reasoning under its newer name', { content: '', reasoning: `I decide: ${SAY}` }],
] as const) {
  test(`takes the answer from ${what}`, () => {
    expect(readAnswer(completionOf(choice(message)).text)).toEqual({ tag: 'Say', value: 'Good day.' });
  });
}

for (const [what, answer, reason] of [
  ['nothing', {}, 'the provider returned no choice'],
  ['no choice', { choices: [] }, 'the provider returned no choice'],
  ['null', null, 'the provider returned no choice'],
  ['a choice without a message', { choices: [{ finish_reason: 'stop' }] }, 'the provider returned no choice'],
  ['no content', choice({ content: null }), 'the answer is empty'],
  ['blank content', choice({ content: ' \n' }), 'the answer is empty'],
  ['a draft in reasoning', choice({ content: '', reasoning_content: `${SAY} or not?` }), 'the answer is empty'],
  [
    'reasoning that was cut off',
    choice({ content: '', reasoning_content: 'I' }, { finish_reason: 'length' }),
    'the answer was cut off',
  ],
  ['a refusal', choice({ content: null, refusal: 'I would rather not.' }), 'the model refused: I would rather not.'],
  ['a filter', choice({ content: 'I' }, { finish_reason: 'content_filter' }), 'the provider withheld the answer'],
] as const) {
  test(`${what} is rejected with the reason`, () => {
    expect(() => completionOf(answer)).toThrow(reason);
  });
}

test('tells an answer that came to the limit of its tokens', () => {
  expect(completionOf(choice({ content: SAY }, { finish_reason: 'length' }))).toEqual({ text: SAY, isCutOff: true });
});
