import { expect, test } from 'playwright/test';
import { linksOf } from './link.ts';
import { parseMarkdown } from './markdown.ts';

const find = (markdown: string) => {
  const parsed = parseMarkdown(markdown);
  return linksOf(parsed).map(({ url, label, line, labelRange }) => ({
    url,
    label,
    line,
    written: parsed.text.slice(...labelRange),
  }));
};

test('finds links with their words, line and place', () => {
  expect(find('It took [**2** ms](../evidence/a.json#late.p99),\n| [x](y) |')).toEqual([
    { url: '../evidence/a.json#late.p99', label: '2 ms', line: 1, written: '**2** ms' },
    { url: 'y', label: 'x', line: 2, written: 'x' },
  ]);
});

test('finds reference-style links, where they are used', () => {
  expect(find('See [one][e] and [e].\n\n[e]: ../evidence/a.json\n')).toEqual([
    { url: '../evidence/a.json', label: 'one', line: 1, written: 'one' },
    { url: '../evidence/a.json', label: 'e', line: 1, written: 'e' },
  ]);
});

test('code and comments hold no links', () => {
  const link = '[a](../evidence/a.json)';
  expect(find(`\`${link}\`\n\n\`\`\`md\n${link}\n\`\`\`\n\n    ${link}\n\n<!-- ${link} -->\n`)).toEqual([]);
});

test('a byte order mark and CRLF change neither lines nor places', () => {
  const [plain, windows] = ['# A\n\n[a](b)\n', '\uFEFF# A\r\n\r\n[a](b)\r\n'].map(find);
  expect(windows).toEqual(plain);
  expect(plain).toEqual([{ url: 'b', label: 'a', line: 3, written: 'a' }]);
});
