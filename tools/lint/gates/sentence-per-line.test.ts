import { expect, test } from 'playwright/test';
import { parseRecord } from '../../../records/record.ts';
import { found } from '../read/project.fixture.ts';
import { sentencesHaveLines } from './sentence-per-line.ts';

const inRecord = (...lines: string[]) =>
  found(sentencesHaveLines, [parseRecord({ path: 'adr/0001-a.md', text: lines.join('\n') })]);

test('accepts one sentence per line, with abbreviations that look like an end', () => {
  expect(
    inRecord(
      '---',
      'status: accepted. Really',
      '---',
      '# One. Two',
      'It runs on 1.2.0, e.g. Debian, i.e. Linux, vs. Windows, by J. Smith of Clockwork Inc. Ltd.',
      'It ends ([here](https://example.org/A.B)).',
      '',
      '- **Skipping.** It skips what is late.',
      '- **A lease ends when the reaper ends it.** Between the two nobody has it.',
      '- Rust, compiled to Wasm',
      '1. **Run** it.',
      '   Then the other way.',
      '- It keeps time. [tick](../evidence/tick.json)',
      'A line before code:',
      '```text',
      'One. Two. Three',
      '```',
      '',
      '| One. Two | Three |',
      '| --- | --- |',
    ),
  ).toEqual([]);
});

for (const [what, line] of Object.entries({
  'after a full stop': 'It ticks. It also tocks.',
  'after a question': 'Does it tick? `tick` says so.',
  'after a bracket': '- It ticks (or so). **It** tocks.',
  'after a link': 'It [ticks](https://example.org). It tocks.',
  'before the link of a claim': 'It ticks. It tocks. [tick](../evidence/tick.json)',
})) {
  test(`a second sentence ${what} is found`, () => {
    expect(inRecord('# A', '', line)).toEqual([
      expect.stringMatching(/^adr\/0001-a\.md:3: a second sentence begins after/),
    ]);
  });
}

test('a sentence over two lines is found', () => {
  expect(inRecord('It ticks and', 'it tocks.')).toEqual(['adr/0001-a.md:1: the sentence goes on in the next line']);
});
