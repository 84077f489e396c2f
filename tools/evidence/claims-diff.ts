import { parseArgs } from 'node:util';
import { changesOf, JUDGEMENTS } from './change.ts';
import { obstaclesOf, type Obstacle } from './comparable.ts';
import { evidenceAt, evidenceNow, nameOf, type EvidenceByFile } from './commit.ts';
import { table } from './table.ts';

const HELP = `Prints as Markdown what has changed in evidence/ since a commit.

  npm run --silent claims:diff -- [--help] BASE

It first warns of each claim whose experiment (method, control, workload, figures, limits) or machine (CPU, cores, host,
Node) has changed. The figures of such a claim are listed but not judged. Other figures are better, worse or noise: it is
noise if the rounds before and after overlap.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', short: 'h' } },
});
const [base, ...more] = positionals;
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
if (!base || more.length > 0) {
  console.error(HELP);
  process.exit(2);
}
let before: EvidenceByFile;
let after: EvidenceByFile;
try {
  before = evidenceAt('.', base);
  after = evidenceNow('.');
} catch (error) {
  console.error((error as Error).message);
  process.exit(2);
}
const files = [...new Set([...before.keys(), ...after.keys()])].sort();
const obstacles = files.flatMap((file) => obstaclesOf(nameOf(file), before.get(file), after.get(file)));
for (const kind of ['experiment', 'machine', 'code'] as const)
  for (const obstacle of obstacles.filter(({ what }) => what === kind)) console.log(warn(obstacle));

const changes = files
  .flatMap((file) => changesOf(nameOf(file), before.get(file), after.get(file)))
  .sort((a, b) => JUDGEMENTS.indexOf(a.judgement) - JUDGEMENTS.indexOf(b.judgement) || a.claim.localeCompare(b.claim));
const rows = changes.map(({ claim, figure, before, after, judgement }) => [claim, figure, before, after, judgement]);
console.log(
  rows.length > 0
    ? table(['Claim', 'Figure', 'Before', 'After', 'Judgement'], rows)
    : `No evidence has changed since ${base}.`,
);
const unreadable = [...before].filter(([, evidence]) => !evidence).map(([file]) => nameOf(file));
if (unreadable.length > 0)
  console.log(
    `\nIn ${base} these have a schema that cannot be read, so they are shown as new: ${unreadable.join(', ')}.`,
  );

function warn({ claim, what, parts, details }: Obstacle): string {
  const head =
    what === 'code'
      ? `**Note: the code of the experiment of ${claim} changed**, but not its method, control, workload or limits.`
      : `**Warning: the ${what} of ${claim} changed** (${parts.join(', ')}), so its figures are not judged.`;
  return [head, '', ...details.map((line) => `- ${line}`), ''].join('\n');
}
