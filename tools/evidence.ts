import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { listEvidence, readEvidence } from '../claims/evidence.ts';
import { findHost } from '../spike/host/binary.ts';
import { PINNED_HOST } from '../spike/host/pin.ts';
import { endWith } from './end-with.ts';
import { measuredRow, rowsOf } from './report/claim-rows.ts';
import { lastEvidence } from './report/last-evidence.ts';
import { table } from './report/table.ts';

const HELP = `Measures claims on the pinned host, for the record, and writes evidence/<claim>.json.

  npm run evidence -- [--help] [--list] [CLAIM …]

Without a name it measures every claim, and says how long that will take. It ends with a table of what it found and what
has changed by that. Commit the code first: evidence names the commit it was measured at.

--list     measures nothing, and prints the table of the evidence that there is.

SPELLKAVE_HOST names a standalone binary of another version to measure on: what it finds is filed under
evidence/hosts/<version>/, beside that of the pinned host. The claim \`pinned\` is left out there.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', short: 'h' }, list: { type: 'boolean', default: false } },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const known = globSync('claims/*.spec.ts')
  .map((file) => file.replace(/^claims\/(.*)\.spec\.ts$/, '$1'))
  .sort();
const unknown = positionals.filter((claim) => !known.includes(claim));
if (unknown.length > 0) {
  console.error(`There is no claim ${unknown.join(', ')}. The claims are: ${known.join(', ')}.`);
  process.exit(2);
}
const wanted = positionals.length > 0 ? positionals : known;
if (values.list) {
  const evidence = listEvidence('.').filter((claim) => wanted.includes(claim));
  console.log(
    table(
      ['Claim', 'State', 'Headline', 'Host', 'Measured'],
      rowsOf(
        '.',
        evidence.map((claim) => readEvidence('.', claim)),
      ),
    ),
  );
  process.exit(0);
}
if (execFileSync('git', ['status', '--porcelain', '--', '.', ':!evidence'], { encoding: 'utf8' }).trim()) {
  console.warn('Some changes are not committed; the evidence will say so.');
}

const { version } = await findHost(console.log, 'any');
const folder = version === PINNED_HOST ? 'evidence' : join('evidence/hosts', version);
const claims = wanted.filter((claim) => version === PINNED_HOST || claim !== 'pinned');
const before = new Map(claims.map((claim) => [claim, lastEvidence('.', claim, folder)]));
const began = new Date();
const reporters = ['claims/harness/reporter.ts', 'tools/report/progress-reporter.ts'];
const run = spawn(
  'playwright',
  [
    'test',
    '--project=claims',
    `--reporter=${reporters.join(',')}`,
    ...claims.map((claim) => `claims/${claim}.spec.ts`),
  ],
  { stdio: 'inherit', env: { ...process.env, SPELLKAVE_MODE: 'full' } },
);
endWith(run);
const [status] = (await once(run, 'close')) as [number | null];
const rows = claims.map((claim) =>
  measuredRow('.', { claim, before: before.get(claim), after: lastEvidence('.', claim, folder) }, began),
);
console.log(`\n${table(['Claim', 'State', 'Headline', 'Before → after'], rows)}`);
process.exit(status ?? 1);
