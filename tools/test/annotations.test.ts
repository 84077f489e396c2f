import { expect, test } from 'playwright/test';
import { pass } from '../lint/read/finding.ts';
import { annotationsIn, commandOf } from './annotations.ts';

test('finds what our linters print', () => {
  const printed: string[] = [];
  const log = console.log;
  console.log = (line: string) => printed.push(line);
  try {
    const finding = { file: 'adr/0001-a.md', line: 7, wrong: 'two titles', mend: 'remove one' };
    pass({}, [() => [finding, { ...finding, line: 9, warning: true }]]);
  } finally {
    console.log = log;
  }
  expect(annotationsIn(printed.join('\n'))).toEqual([
    { level: 'error', file: 'adr/0001-a.md', line: 7, message: 'two titles; remove one' },
    { level: 'warning', file: 'adr/0001-a.md', line: 9, message: 'two titles; remove one' },
  ]);
});

for (const [tool, output, found] of [
  [
    'astro check',
    "src/live/main.ts:6:27 - error ts(2307): Cannot find module './a.ts'.\n\n6 import a from './a.ts';",
    { level: 'error', file: 'src/live/main.ts', line: 6, message: "ts(2307): Cannot find module './a.ts'." },
  ],
  [
    'clippy',
    'error: this returns unit\n  --> src/core/event.rs:12:5\n   |\n12 |     x\n',
    { level: 'error', file: 'spike/world/src/core/event.rs', line: 12, message: 'this returns unit' },
  ],
  [
    'rustc',
    'warning[E0599]: no method named `a`\n --> src/lib.rs:3:1\n',
    { level: 'warning', file: 'spike/world/src/lib.rs', line: 3, message: 'no method named `a`' },
  ],
  [
    'prettier',
    'Checking formatting...\n[warn] spike/until.ts\n[warn] Code style issues found in the above file. Run Prettier with --write to fix.',
    { level: 'error', file: 'spike/until.ts', line: 1, message: 'run `npm run format`' },
  ],
  [
    'cargo fmt',
    'Diff in /repo/spike/world/src/lib.rs:3:\n-a\n+b\n',
    { level: 'error', file: 'spike/world/src/lib.rs', line: 3, message: 'run `npm run format`' },
  ],
] as const)
  test(`finds what ${tool} prints`, () => {
    expect(annotationsIn(output, '/repo')).toEqual([found]);
  });

test('finds nothing in the output of a step that passed', () => {
  const output =
    '12 gates passed, 0 failed, with 0 warnings\ntest result: ok. 2 passed; 0 failed\nAll matched files use Prettier code style!';
  expect(annotationsIn(output)).toEqual([]);
});

test('escapes what would end a workflow command', () => {
  const annotation = { level: 'error', file: 'a,b:c.md', line: 3, message: '100 %\nof it' } as const;
  expect(commandOf(annotation)).toBe('::error file=a%2Cb%3Ac.md,line=3::100 %25%0Aof it');
});
