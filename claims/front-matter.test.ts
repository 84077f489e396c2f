import { expect, test } from 'playwright/test';
import { FrontMatter, readFields } from './front-matter.ts';

const head = (...lines: string[]) => `---\n${lines.join('\n')}\n---\n\n# A title\n`;

test('scalars and both kinds of lists are read, each with its line', () => {
  const fields = readFields(
    head("status: 'accepted'", "relatesTo: ['0002', 0010]", 'informed:', '  - "all"', '  - us'),
  );
  expect(fields).toEqual([
    { key: 'status', value: 'accepted', line: 2 },
    { key: 'relatesTo', value: ['0002', 10], line: 3 },
    { key: 'informed', value: ['all', 'us'], line: 4 },
  ]);
});

test('a record without front matter is refused, and so is YAML that records do not use', () => {
  expect(() => readFields('# A title\n')).toThrow('line 1: there is no front matter');
  expect(() => readFields(head('status: accepted', '  nested: yes: no'))).toThrow(
    'line 3: "  nested: yes: no" is neither',
  );
});

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
  'a link that is no number of a record': { supersedes: ['2'] },
  'a number without quotes': { relatesTo: [2] },
  'an unknown key': { state: 'accepted' },
})) {
  test(`front matter with ${what} is refused`, () => {
    expect(FrontMatter.safeParse(lawful).success).toBe(true);
    expect(FrontMatter.safeParse({ ...lawful, ...change }).success).toBe(false);
  });
}
