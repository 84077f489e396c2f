import { expect, test } from 'playwright/test';
import { figuresOf } from './figure.ts';
import { parseMarkdown } from './markdown.ts';
import { countFigures, figuresIn } from './site-figures.ts';

const EVIDENCE = '[tick](../evidence/tick.json)';
const CITED = '[2.4 ms](../evidence/tick.json#lateness.p99)';
const SOURCE = '[docs](https://example.org)';

const origins = (text: string, language: 'md' | 'mdx' = 'md') =>
  figuresOf(parseMarkdown(text, language)).map(({ words, origin }) => `${words}: ${origin}`);

test('a figure comes from evidence when its sentence links to it', () => {
  expect(origins(`It keeps 10 Hz. ${EVIDENCE}`)).toEqual(['10 Hz: evidence']);
  expect(origins(`It is late by ${CITED}.`)).toEqual(['2.4 ms: evidence']);
  expect(origins('It took 3 s ([tick](/claims/tick/)).')).toEqual(['3 s: evidence']);
  expect(origins('It took 3 s ([tick](../claims/tick.claim.ts#trend)).')).toEqual(['3 s: evidence']);
});

test('a figure comes from a source when its sentence links to an outside page', () => {
  expect(origins(`It waits at most 180 s (${SOURCE}).`)).toEqual(['180 s: source']);
  expect(origins('It waits [at most 180 s][docs].\n\n[docs]: https://example.org')).toEqual(['180 s: source']);
});

test('a figure is typed by hand when its sentence has neither, or links only within the site', () => {
  expect(origins('It waits 180 s.')).toEqual(['180 s: hand']);
  expect(origins('It took [18 minutes](/adr/0002-pin/).')).toEqual(['18 minutes: hand']);
  expect(origins('Measured by hand: 180 s.')).toEqual(['180 s: hand']);
});

test('the link of another sentence proves nothing', () => {
  expect(origins(`It takes 5 s. It keeps 10 Hz. ${EVIDENCE}`)).toEqual(['5 s: hand', '10 Hz: evidence']);
  expect(origins(`Read the ${SOURCE}. It takes 5 s.`)).toEqual(['5 s: hand']);
  expect(origins(`It takes 5 s.\nIt waits 6 s (${SOURCE}).`)).toEqual(['5 s: hand', '6 s: source']);
});

test('a row of a table is one statement, and the sentence in front of the table may name its source', () => {
  const row = (cell: string) => `| What | How long |\n| --- | --- |\n| a call | ${cell} |`;
  expect(origins(row('5 s'))).toEqual(['5 s: hand']);
  expect(
    origins(row(`5 s | ${SOURCE}`).replace('long |', 'long | Where |').replace('--- |\n', '--- | --- |\n')),
  ).toEqual(['5 s: source']);
  expect(origins(`By the ${SOURCE}:\n\n${row('5 s')}`)).toEqual(['5 s: source']);
  expect(origins(row('1,024'))).toEqual(['1,024: hand']);
  expect(origins(row('2.1 / 3.4'))).toEqual(['2.1 / 3.4: hand']);
});

test('figures in code, headings, comments and links to pictures are not looked at', () => {
  const text = '# 5 s\n\n`5 s`\n\n```sh\nsleep 5 s\n```\n\n<!-- 5 s -->\n\n![5 s](a.png)\n\n    5 s indented';
  expect(origins(text)).toEqual([]);
});

for (const [text, words] of [
  ['542 mutants were made.', '542 mutants'],
  ['Then 1,000 acting agents move.', '1,000 acting agents'],
  ['Of these, 15 of 16 held.', '15 of 16'],
  ['It costs $0.10.', '$0.10'],
  ['It costs € 0.094.', '€ 0.094'],
  ['It is two seconds late.', 'two seconds'],
  ['Only 30 places exist.', '30 places'],
] as const)
  test(`“${words}” could be false, so it is a figure`, () => {
    expect(origins(text)).toEqual([`${words}: hand`]);
  });

test('versions, dates, names with a number and numbers of records are not figures', () => {
  const text = [
    'Host 1.2.0 of 22 November 2026 needs Node 20 or newer.',
    'Node 24 needs nothing, and version 2 breaks modules.',
    'Record 0002 says so, in 2026 and in issue #12.',
    'They are tens of agents, and p99 counts.',
  ];
  expect(origins(text.join(' '))).toEqual([]);
});

test('a component that cites is a figure from evidence, and so is what else its sentence states', () => {
  expect(origins('With 1,000 agents it takes <Cited figure="tick#lateness.p99" />.', 'mdx')).toEqual([
    '1,000 agents: evidence',
    'Cited: evidence',
  ]);
});

test('a component that cites says which figure it is', () => {
  const [figure] = figuresOf(parseMarkdown('It takes <Cited figure="tick#lateness.p99" />.', 'mdx'));
  expect(figure).toMatchObject({ cites: 'tick#lateness.p99', isChecked: true });
});

test('the counts tell which figures are compared with their evidence, and which say that they are by hand', () => {
  const text = `It is late by ${CITED} with 10 agents. It takes 5 s. It waits 6 s (${SOURCE}). By hand it took 7 s.`;
  expect(countFigures(figuresIn('a.md', text))).toEqual({ evidence: 2, source: 1, hand: 2, checked: 1, declared: 1 });
});

test('each figure knows its line, also after a table and within a paragraph of several lines', () => {
  const text = 'One.\nIt takes 5 s.\n\n| A |\n| - |\n| 6 s |\n\n- It takes\n  7 s.';
  expect(figuresIn('a.md', text).map(({ line, words }) => `${line}: ${words}`)).toEqual(['2: 5 s', '6: 6 s', '9: 7 s']);
});

test('examples between the comments that switch the linter off are not figures', () => {
  expect(figuresIn('a.md', '<!-- prose:off -->\n\nIt takes 5 s.\n\n<!-- prose:on -->\n\nIt takes 6 s.')).toHaveLength(
    1,
  );
});
