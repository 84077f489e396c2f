import { expect, test } from 'playwright/test';
import { linksOf } from './link.ts';
import { parseMarkdown } from './markdown.ts';
import { statementsOf } from './statement.ts';

const find = (...lines: string[]) => {
  const markdown = parseMarkdown(lines.join('\n'));
  return statementsOf(markdown, linksOf(markdown));
};

test('a sentence that ends in the bare link to evidence is a statement', () => {
  expect(
    find(
      '# Title',
      'Before it.',
      'It **never** waits for `ask`. [think-once](../evidence/think-once.json)',
      '- It keeps 10 Hz. [tick-cadence](../evidence/tick-cadence.json)\r',
      '  It stops. [stop][s]  ',
      '',
      '[s]: ../evidence/stop.json',
    ),
  ).toEqual([
    { claim: 'think-once', text: 'It never waits for ask.', line: 3 },
    { claim: 'tick-cadence', text: 'It keeps 10 Hz.', line: 4 },
    { claim: 'stop', text: 'It stops.', line: 5 },
  ]);
});

for (const [what, line] of Object.entries({
  'a citation of a figure': 'It took [tick](../evidence/tick.json#lateness.p99)',
  'a link with other words': 'It ticks. [see](../evidence/tick.json)',
  'a link within a sentence': 'See [tick](../evidence/tick.json) for more.',
})) {
  test(`${what} is not a statement`, () => {
    expect(find(line)).toEqual([]);
  });
}

test('a code fence states nothing', () => {
  expect(find('```md', 'It ticks. [tick](../evidence/tick.json)', '```')).toEqual([]);
});
