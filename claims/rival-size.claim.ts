import type { Condition } from './condition.ts';
import { claim } from './harness/claim.ts';
import { count, mean } from './harness/figures.ts';
import { sizeOf, type Size } from './instruments/rival-size.ts';
import { SIZED_ARMS, type Purpose, type SizedArm } from './instruments/size-groups.ts';

const OWN: readonly Purpose[] = ['rules', 'storage', 'server', 'live'];
/** What SpacetimeDB brings, and the game server has to have. */
const AROUND: readonly Purpose[] = ['storage', 'server', 'live'];

const LABELS: Record<SizedArm, string> = {
  spacetimedb: 'SpacetimeDB, module in Rust',
  log: 'game server, log',
  rows: 'game server, rows',
  'write-behind': 'game server, write-behind',
};

/** One file for each language, of two lines of code. */
const ADDED = {
  'spike/world/src/core/added.rs': '//! A comment.\n\npub const ONE: u32 = 1;\npub const TWO: u32 = 2;\n',
  'spike/rival/world/added.ts': '/** A comment. */\n\nexport const ONE = 1;\nexport const TWO = 2; // Two.\n',
};

claim('rival-size', {
  kind: 'checked',
  set: 'rival',
  minutes: { quick: 1, full: 1 },
  reads: ['spike/rival/**/*.ts', 'spike/client/bindings/*.ts'],
  why: 'A runtime that brings storage, a server and live updates should save the code for them. How much that is can be counted.',
  method:
    'cloc counts the lines of our own code in the tree, without blank lines and comments, for what both sides do: the map, the routines, players, goods, questions and thoughts, live updates, and recovery. Tests and generated code are counted apart, Rust’s own tests among them. What only one side has is left out: regions, the archive, the check for names that look alike, and a system clock that is set back, all of the module; and whatever only experiments use. Neither side’s count has the code that starts a host or a database, or that reconnects a client. A line of Rust and a line of TypeScript are one line each, and rustfmt and prettier break both at 120 columns.',
  control:
    'One file is added to each side, of two lines of code, a comment and a blank line: the count must rise by just these lines.',
  figures: {
    lines: count('Lines of our own code', 'lines'),
    around: mean('Of them storage, server and live updates', '%'),
    files: count('Files read', 'files'),
    unassigned: count('Files that belong to no part', 'files'),
    noticed: count('Lines by which the count rises', 'lines'),
  },
  limits: ({ subject, baseline, control }) => [
    baseline.around.atLeast(25),
    baseline.lines.atLeast(1_000),
    subject.around.exactly(0),
    subject.lines.atLeast(1_000),
    subject.files.atLeast(100),
    subject.unassigned.exactly(0),
    control.noticed.exactly(4),
  ],
  headline: ({ subject, baseline }) =>
    `${subject.lines.value} lines of Rust; game server with a log ${baseline.lines.value}, ${Math.round(baseline.around.value)} % of them around the rules`,
  async run({ subject, baseline, control, under }) {
    const size = await sizeOf(process.cwd());
    for (const [figures, arm] of [
      [subject, 'spacetimedb'],
      [baseline, 'log'],
    ] as const) {
      figures.lines.add(linesOf(size, arm, OWN));
      figures.around.add((linesOf(size, arm, AROUND) / linesOf(size, arm, OWN)) * 100);
    }
    subject.files.add(size.files);
    subject.unassigned.add(size.unassigned.length);
    if (size.unassigned.length > 0) console.log(`in no part of the count: ${size.unassigned.join(', ')}`);
    const more = await sizeOf(process.cwd(), ADDED);
    for (const arm of ['spacetimedb', 'log'] as const)
      control.noticed.add(linesOf(more, arm, OWN) - linesOf(size, arm, OWN));
    for (const arm of SIZED_ARMS) under(conditionOf(size, arm));
  },
});

const linesOf = ({ lines }: Size, arm: SizedArm, purposes: readonly Purpose[]) =>
  purposes.reduce((sum, purpose) => sum + lines[arm][purpose], 0);

function conditionOf(size: Size, arm: SizedArm): Condition {
  const figure = (name: string, label: string, ...purposes: Purpose[]) => ({
    name,
    label,
    unit: 'lines',
    value: linesOf(size, arm, purposes),
  });
  return {
    name: arm,
    label: LABELS[arm],
    figures: [
      figure('own', 'Our own code', ...OWN),
      figure('rules', 'The rules of the world, its clock and its tables', 'rules'),
      figure('storage', 'Storage and recovery', 'storage'),
      figure('server', 'Server, commands and identities', 'server'),
      figure('live', 'Live updates and client', 'live'),
      figure('tests', 'Tests, apart', 'tests'),
      figure('generated', 'Generated, apart', 'generated'),
    ],
  };
}
