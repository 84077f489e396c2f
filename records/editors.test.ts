import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { parseRecord, readRecords } from './record.ts';

/** A record as this project formats it. */
const PLAIN = `---
status: accepted
date: 2026-11-22
decision-makers:
  - Ada
  - Grace
relatesTo: ['0002']
---

# Keep time

## Context and Problem Statement

The world needs a clock.
It ticks. [tick](../evidence/tick.json)

## Considered Options

- One clock
- Two clocks

## Decision Outcome

Chosen option: "One clock", because it is enough, at [3 ms](../evidence/tick.json#lateness.p99).

### Consequences

- Good, because it is simple.
`;
const read = (text: string) => {
  const { title, head, faults, headings, links, statements, mentions, prose } = parseRecord({
    path: 'adr/0001-a.md',
    text,
  });
  return {
    title,
    head,
    faults,
    headings: headings.map(({ depth, words }) => ({ depth, words })),
    links: links.map(({ url, label }) => ({ url, label })),
    statements: statements.map(({ claim, text }) => ({ claim, text })),
    mentions,
    prose: prose.map(({ kind, words }) => ({ kind, words })),
  };
};
const plain = read(PLAIN);

/** What editors and formatters make of the same record. */
const FORMS: Record<string, (text: string) => string> = {
  'a byte order mark': (text) => `\uFEFF${text}`,
  'CRLF line endings': (text) => text.replaceAll('\n', '\r\n'),
  'spaces at the ends of lines': (text) => text.replaceAll('\n', '  \n'),
  'tabs at the ends of lines': (text) => text.replaceAll(/(\w|\.)\n/g, '$1\t\n'),
  'no newline at the end': (text) => text.trimEnd(),
  'empty lines at the end': (text) => `${text}\n\n\n`,
  'tabs after the marks of lists': (text) => text.replaceAll(/^( *)- /gm, '$1-\t'),
  'asterisks as marks of lists': (text) => text.replaceAll(/^- /gm, '* '),
  'plus signs as marks of lists': (text) => text.replaceAll(/^- /gm, '+   '),
  'lists in YAML without indentation': (text) => text.replaceAll('  - ', '- '),
  'a list in YAML on one line': (text) => text.replace('\n  - Ada\n  - Grace', ' [Ada, Grace]'),
  'quotes around each value': (text) =>
    text.replace('accepted', "'accepted'").replace('2026-11-22', '"2026-11-22"').replace('Ada', '"Ada"'),
  'underlined headings': (text) => text.replace(/^# (.*)/m, '$1\n=======').replaceAll(/^## (.*)/gm, '$1\n---'),
  'closed headings': (text) => text.replaceAll(/^(#+) (.*)/gm, '$1   $2 $1'),
  'comments after headings': (text) => text.replaceAll(/^(#+ .*)/gm, '$1 <!-- an aside -->'),
  'comments before headings': (text) =>
    text.replaceAll(/^(#+ .*)/gm, '<!-- This is an optional element. Feel free to remove. -->\n$1'),
  'comments in YAML': (text) => text.replace('---\n', '---\n# These are optional metadata elements.\n'),
};

test('a plain record is read whole', () => {
  expect(plain).toMatchObject({ title: 'Keep time', faults: [], head: { 'decision-makers': ['Ada', 'Grace'] } });
  expect(plain.headings).toHaveLength(5);
  expect(plain.statements).toEqual([{ claim: 'tick', text: 'It ticks.' }]);
});

for (const [what, write] of Object.entries(FORMS)) {
  for (const [ends, form] of [
    ['', write],
    [
      ', as Windows saves it',
      (text: string) => `\uFEFF${write(text).replace('\uFEFF', '').replaceAll(/\r?\n/g, '\r\n')}`,
    ],
  ] as const) {
    test(`a record with ${what}${ends} reads the same`, () => {
      const text = form(PLAIN);
      if (what !== 'CRLF line endings' || ends === '') expect(text).not.toBe(PLAIN);
      expect(read(text)).toEqual(plain);
    });
  }
}

test('several forms at once read the same', () => {
  const several = [
    'comments before headings',
    'comments in YAML',
    'asterisks as marks of lists',
    'spaces at the ends of lines',
    'no newline at the end',
    'CRLF line endings',
    'a byte order mark',
  ];
  expect(read(several.reduce((text, what) => FORMS[what]!(text), PLAIN))).toEqual(plain);
});

test('names the line of a tab that indents YAML, and what to do', () => {
  const { faults } = read(PLAIN.replace('  - Ada', '\t- Ada'));
  expect(faults).toEqual([{ line: 5, wrong: 'Tabs are not allowed as indentation', fix: 'indent with spaces' }]);
});

for (const [what, text, line] of [
  ['UTF-16', Buffer.from(`\uFEFF${PLAIN}`, 'utf16le').toString('utf8'), 1],
  ['an older encoding', Buffer.from(PLAIN.replace('Grace', 'Zoë'), 'latin1').toString('utf8'), 6],
] as const) {
  test(`names a file in ${what}`, () => {
    expect(read(text).faults).toEqual([{ line, wrong: 'the file is not UTF-8', fix: 'save it as UTF-8' }]);
  });
}

test("MADR's templates and pages about the folder are not records", () => {
  const root = mkdtempSync(join(tmpdir(), 'spellkave-records-'));
  mkdirSync(join(root, 'adr'));
  const files = ['0001-a.md', 'adr-template.md', 'adr-template-bare-minimal.md', 'README.md', 'index.md', 'notes.md'];
  for (const file of files)
    writeFileSync(join(root, 'adr', file), readFileSync('adr/0003-rust-for-the-world-module.md'));
  expect(readRecords(root).map(({ slug }) => slug)).toEqual(['0001-a', 'notes']);
  rmSync(root, { recursive: true });
});
