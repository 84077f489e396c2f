import { expect, test } from 'playwright/test';
import { readAnswer } from './answer.ts';
import { objectsIn } from './json-in-text.ts';

const SAY = '{"action":{"kind":"say","words":"Good day."}}';
const WAIT = '{"action":{"kind":"wait"}}';

for (const [what, text] of [
  ['nothing', SAY],
  ['a byte order mark', `\uFEFF${SAY}`],
  ['reasoning', `<think>They ask. ${WAIT}? No.</think>\n${SAY}`],
  ['reasoning whose opening mark stood in the prompt', `They ask. ${WAIT}? No.\n</think>\n\n${SAY}`],
  ['reasoning under another name', `<reasoning>${WAIT}</reasoning>${SAY}`],
  ['reasoning in capitals', `<THINKING>${WAIT}</THINKING>${SAY}`],
  ['reasoning within reasoning', `<think>a <think>b</think> ${WAIT}</think>${SAY}`],
  ['reasoning of Mistral', `[THINK]${WAIT}[/THINK]${SAY}`],
  ['reasoning of Kimi', `◁think▷${WAIT}◁/think▷${SAY}`],
  [
    'the channels of gpt-oss',
    `<|channel|>analysis<|message|>${WAIT}<|end|><|start|>assistant<|channel|>final<|message|>${SAY}<|return|>`,
  ],
  ['reasoning and a fence', `<think>…</think>\n\n\`\`\`json\n${SAY}\n\`\`\`\n`],
  ['a fence without a label', `\`\`\`\n${SAY}\n\`\`\``],
  ['a fence with another label', `\`\`\`jsonc\n${SAY}\n\`\`\``],
  ['a fence of tildes', `~~~JSON\n${SAY}\n~~~`],
  ['a fence that does not end', `\`\`\`json\n${SAY}`],
  ['prose before it', `Sure! Here is what Mira does: ${SAY}`],
  ['prose after it', `${SAY}\n\nMira greets them, because {she} is "polite".`],
  ['a brace in the prose before it', `The form is {kind}, so I write "say":\n${SAY}`],
  ['an unpaired quote in the prose before it', `It's 6" long { and so:\n${SAY}`],
  ['a draft before it', `${WAIT}\nOn reflection:\n${SAY}`],
  ['an object of another kind after it', `${SAY}\n{"confidence":0.9}`],
  ['itself', `${SAY}\n${SAY}`],
  ['an array', `[${SAY}]`],
  ['marks of a template', `<|im_start|>assistant\n${SAY}<|im_end|>`],
  ['an element', `<answer>${SAY}</answer>`],
  ['spaces and line breaks in it', JSON.stringify(JSON.parse(SAY), null, 2)],
  ['line breaks of Windows', JSON.stringify(JSON.parse(SAY), null, 2).replaceAll('\n', '\r\n')],
  ['a line break in the text', '{"action":{"kind":"say","words":"Good\nday."}}'],
  ['reasoning with an attribute', `<think time="3">${WAIT}</think>${SAY}`],
  ['reasoning in a namespace', `<seed:think>${WAIT}</seed:think>${SAY}`],
  ['reasoning of Cohere', `<|START_THINKING|>${WAIT}<|END_THINKING|>${SAY}`],
  ['quotes', JSON.stringify(SAY)],
  ['quotes of quotes', JSON.stringify(JSON.stringify(`Well: ${SAY}`))],
  ['comments in it', '{"action": /* one of six */ {"kind": "say", // aloud\n "words": "Good day.", // done\n}}'],
  ['a comma too many', '{"action":{"kind":"say","words":"Good day.",},}'],
] as const) {
  test(`finds the answer with ${what} around it`, () => {
    expect(readAnswer(text)).toEqual({ tag: 'Say', value: 'Good day.' });
  });
}

test('marks, braces, quotes and commas within words stay words', () => {
  for (const words of [
    '</think> {"action":null}',
    '<think>',
    'http://x /* y */ // z',
    '\\" , } { ```',
    'I, who wait, ]',
  ])
    expect(readAnswer(JSON.stringify({ action: { kind: 'say', words } }))).toEqual({ tag: 'Say', value: words });
});

for (const [what, text] of [
  ['prose alone', 'I say good day.'],
  ['nothing', ''],
  ['null', 'null'],
  ['a text of JSON', JSON.stringify('Good day.')],
  ['an opening quote', '"'],
  ['a draft in reasoning that was cut off', `<think>Perhaps ${SAY}, or`],
  ['a draft in reasoning without an answer', `<think>Perhaps ${SAY}</think> I would rather not.`],
  ['an answer that was cut off', SAY.slice(0, -2)],
] as const) {
  test(`${what} is not an answer`, () => {
    expect(() => readAnswer(text)).toThrow(/the answer is not (JSON|one of the actions): /);
  });
}

test('a text of brackets takes no longer than a text of words', () => {
  const started = performance.now();
  expect(objectsIn('{"'.repeat(100_000))).toEqual([]);
  expect(performance.now() - started).toBeLessThan(5_000);
});
