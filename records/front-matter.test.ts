import { expect, test } from 'playwright/test';
import { BadFrontMatter, fieldsOf, FrontMatter } from './front-matter.ts';
import { parseMarkdown } from './markdown.ts';

const head = (...lines: string[]) => `---\n${lines.join('\n')}\n---\n\n# A title\n`;
const read = (markdown: string) => fieldsOf(parseMarkdown(markdown).root);

const LINES = [
  "status: 'accepted' # for now",
  '# A comment.',
  "relatesTo: ['0002', 0010]",
  'informed:',
  '  # Both.',
  '  - "all"',
  '  - us',
  'date: 2026-11-26',
];
const FIELDS = [
  { key: 'status', value: 'accepted', written: "'accepted'", line: 2 },
  // Without quotes, digits are a number: the schema then asks for the quotes.
  { key: 'relatesTo', value: ['0002', 10], written: "['0002', 0010]", line: 4 },
  { key: 'informed', value: ['all', 'us'], written: '- "all" - us', line: 5 },
  { key: 'date', value: '2026-11-26', written: '2026-11-26', line: 9 },
];

for (const [what, markdown] of Object.entries({
  'comments, quotes and lists of both kinds': head(...LINES),
  'a byte order mark': `\uFEFF${head(...LINES)}`,
  'CRLF line endings': head(...LINES).replaceAll('\n', '\r\n'),
})) {
  test(`reads front matter with ${what}, each field with its line`, () => {
    expect(read(markdown)).toEqual(FIELDS);
  });
}

test('rejects a document without front matter, and front matter that is not a YAML map', () => {
  expect(() => read('# A title\n')).toThrow('no front matter');
  expect(() => read(head('- accepted'))).toThrow('is not a list of keys and values');
});

test('names the line of a YAML error', () => {
  const error = caught(() => read(head('status: accepted', 'date: [2026')));
  expect(error).toBeInstanceOf(BadFrontMatter);
  expect((error as BadFrontMatter).line).toBe(3);
});

function caught(run: () => void): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

const lawful = { status: 'accepted', date: '2026-11-22', 'decision-makers': 'the team', relatesTo: ['0002'] };

test('front matter may name the day of the next review', () => {
  expect(FrontMatter.safeParse({ ...lawful, reviewBy: '2027-03-01' }).success).toBe(true);
});

for (const [what, change] of Object.entries({
  'an unknown status': { status: 'done' },
  'a day that does not exist': { date: '2026-02-30' },
  'a day of review that does not exist': { reviewBy: '2027-02-30' },
  'a day of review in another form': { reviewBy: '1 March 2027' },
  'nobody who decides': { 'decision-makers': [] },
  'a link that is not the number of a record': { supersedes: ['2'] },
  'a number without quotes': { relatesTo: [2] },
  'an unknown key': { state: 'accepted' },
})) {
  test(`rejects front matter with ${what}`, () => {
    expect(FrontMatter.safeParse(lawful).success).toBe(true);
    expect(FrontMatter.safeParse({ ...lawful, ...change }).success).toBe(false);
  });
}
