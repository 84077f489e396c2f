import { readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { parseRecord } from '../../../records/record.ts';
import type { Gate } from '../read/finding.ts';
import { headsAreLawful, linksAgree, recordsAreNumbered, sectionsAreThere } from './record-form.ts';
import { sentencesHaveLines } from './sentence-per-line.ts';
import { templateIsFilled } from './template-filled.ts';

/** The templates as the npm package madr 4.0.0 has them, byte for byte. */
const VARIANTS = ['', '-minimal', '-bare', '-bare-minimal'];
const template = (variant: string) => readFileSync(`records/fixtures/madr-4.0.0/adr-template${variant}.md`, 'utf8');
const parse = (text: string) => parseRecord({ path: 'adr/0001-a.md', text });
const GATES: Gate<ReturnType<typeof parse>[]>[] = [
  recordsAreNumbered,
  headsAreLawful,
  linksAgree,
  sectionsAreThere,
  templateIsFilled,
  sentencesHaveLines,
];
const findings = (text: string) => GATES.flatMap((gate) => gate([parse(text)]));

const FRONT = '---\nstatus: accepted\ndate: 2026-11-22\ndecision-makers: us\n---\n\n';

/** What an author makes of a template: every gap is filled, and the comments stay. */
function fill(text: string): string {
  const filled = text
    .replace(/^status:.*$/m, 'status: accepted')
    .replace(/^date:.*$/m, 'date: 2026-11-22')
    .replace(/^decision-makers:.*$/m, 'decision-makers: us')
    .replaceAll(/^\* ….*\n?/gm, '')
    .replaceAll(/\{(?:[^{}]|\{[^{}]*\})*\}/g, 'something')
    .replaceAll(/because$/gm, 'because of this.')
    .replaceAll('""', '"one"')
    .replaceAll(/^(#+|\*) (?=<!--)/gm, '$1 Something ')
    .replaceAll(/^(#+ [\w ]+)\n\n\n/gm, '$1\n\nSomething.\n\n')
    .replace(/(### Consequences|## More Information)\n*$/, '$1\n\nSomething.');
  return filled.startsWith('---') ? filled : FRONT + filled;
}

for (const variant of VARIANTS) {
  const file = `adr-template${variant}.md`;

  test(`a record that fills in ${file} passes, with the comments of the template`, () => {
    const text = fill(template(variant));
    if (variant !== '-bare-minimal') expect(text).toContain('<!--');
    expect(findings(text)).toEqual([]);
    expect(parse(text).headings.map(({ words }) => words)).toEqual(
      expect.arrayContaining([
        'Context and Problem Statement',
        'Considered Options',
        'Decision Outcome',
        'Consequences',
      ]),
    );
  });

  test(`${file} with CRLF and a byte order mark has the same findings`, () => {
    const text = template(variant);
    const windows = findings(`\uFEFF${text.replaceAll('\n', '\r\n')}`);
    expect(windows).toEqual(findings(text));
    expect(windows.length).toBeGreaterThan(4);
  });
}

test('the full template as it is: each gap is found with its line', () => {
  const lines = template('').split('\n');
  const gaps = lines.flatMap((line, index) => (/\{|^\* …/.test(line) ? [index + 1] : []));
  const found = new Set(findings(template('')).map(({ line }) => line));
  expect([...found].sort((a, b) => a - b)).toEqual(gaps);
});

for (const [what, line, wrong] of [
  ['a placeholder', 'It is {description of it}.', `the template's "{description of it}" is still there`],
  ['a placeholder in a heading', '### {title of option 1}', `the template's "{title of option 1}" is still there`],
  ['a placeholder in an item', '* Good, because {argument a}', `the template's "{argument a}" is still there`],
  ['an item that only hints at more', '* … <!-- more -->', 'only … stands here'],
  ['a reason that is missing', '- Bad, because', 'no reason follows "because"'],
  ['a choice without a name', 'Chosen option: "", because it is best.', 'the chosen option has no name'],
  ['a heading without words', '### <!-- title of option -->', 'the heading has no words'],
] as const) {
  test(`finds ${what}`, () => {
    const text = `${FRONT}# A\n\nIt is so.\n\n${line}\n\nMore.\n`;
    expect(templateIsFilled([parse(text)])).toEqual([
      { file: 'adr/0001-a.md', line: 11, wrong, mend: expect.any(String) },
    ]);
  });
}

test('finds a section in which nothing or only a comment stands, and accepts every kind of content', () => {
  const empty = (...lines: string[]) => templateIsFilled([parse([FRONT, '# A', 'Words.', ...lines].join('\n\n'))]);
  expect(empty('## B', '<!-- nothing -->', '### C', '## D', 'Words.')).toMatchObject([
    { wrong: 'the section "B" is empty' },
    { wrong: 'the section "C" is empty' },
  ]);
  expect(empty('## B', '### C', 'Words.', '## D', '- item', '## E', '| a |\n| - |', '## F', '```\na\n```')).toEqual([]);
});

test('braces in code, and words that end in "because:", leave nothing open', () => {
  const text = `${FRONT}# A\n\nUse \`{like this}\`, {} or {1}, because:\n\n- it is so\n\n\`\`\`json\n{"a": {b}}\n\`\`\`\n`;
  expect(templateIsFilled([parse(text)])).toEqual([]);
});
