import { expect, test } from 'playwright/test';
import { parseMarkdown } from './markdown.ts';
import { proseOf } from './prose.ts';

test('prose is what people read, line by line, without code and front matter', () => {
  const markdown = parseMarkdown(
    [
      '---',
      'status: accepted',
      '---',
      '',
      '## One `two`',
      '',
      'A [link](x) here,',
      'and `a',
      'b` there.',
      '',
      '- **Item.** Text',
      '  goes on.',
      '',
      '| A | B |',
      '| - | - |',
      '| 1 | [2](y) |',
      '',
      '```ts',
      'code',
      '```',
    ].join('\n'),
  );
  expect(proseOf(markdown)).toEqual([
    { line: 5, kind: 'heading', words: 'One `code`', links: false },
    { line: 7, kind: 'text', words: 'A [link] here,', links: true },
    { line: 8, kind: 'text', words: 'and `code`', links: false },
    { line: 9, kind: 'text', words: 'there.', links: false },
    { line: 11, kind: 'item', words: '**Item.** Text', links: false },
    { line: 12, kind: 'text', words: 'goes on.', links: false },
    { line: 14, kind: 'table', words: 'A | B', links: false },
    { line: 16, kind: 'table', words: '1 | [2]', links: true },
  ]);
});
