import { parseArgs } from 'node:util';
import { changesOf, JUDGEMENTS } from './report/change.ts';
import { evidenceAt, evidenceNow, nameOf, type EvidenceByFile } from './report/commit.ts';
import { table } from './report/table.ts';

const HELP = `Prints, as a Markdown table, what has changed in evidence/ since a commit.

  npm run --silent claims:diff -- [--help] BASE

A figure whose rounds overlap before and after has changed by noise.`;

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
const changes = [...new Set([...before.keys(), ...after.keys()])]
  .flatMap((file) => changesOf(nameOf(file), before.get(file), after.get(file)))
  .sort((a, b) => JUDGEMENTS.indexOf(a.judgement) - JUDGEMENTS.indexOf(b.judgement) || a.claim.localeCompare(b.claim));
const rows = changes.map(({ claim, figure, before, after, judgement }) => [claim, figure, before, after, judgement]);
console.log(
  rows.length > 0
    ? table(['Claim', 'Figure', 'Before', 'After', 'Judgement'], rows)
    : `No evidence has changed since ${base}.`,
);
const foreign = [...before].filter(([, evidence]) => !evidence).map(([file]) => nameOf(file));
if (foreign.length > 0)
  console.log(`\nIn ${base} another schema wrote ${foreign.join(', ')}: shown as new, not compared.`);
