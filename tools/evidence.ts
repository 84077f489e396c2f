import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readEvidence } from '../claims/evidence.ts';
import { findHost } from '../spike/host/binary.ts';
import { PINNED_HOST } from '../spike/host/pin.ts';

const HELP = `Measures claims on the pinned host, for the record, and writes evidence/<claim>.json.

  npm run evidence -- [--help] [CLAIM …]

SPELLKAVE_HOST names a standalone binary of another version to measure on: what it finds is filed under
evidence/hosts/<version>/, beside that of the pinned host. The claim \`pinned\` is left out there.

Without a name it measures every claim (about ten minutes). Commit the code first: evidence names the commit it was measured at.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', short: 'h' } },
});
const known = globSync('claims/*.spec.ts')
  .map((file) => file.replace(/^claims\/(.*)\.spec\.ts$/, '$1'))
  .sort();
const unknown = positionals.filter((claim) => !known.includes(claim));
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
if (unknown.length > 0) {
  console.error(`There is no claim ${unknown.join(', ')}. The claims are: ${known.join(', ')}.`);
  process.exit(2);
}
if (execFileSync('git', ['status', '--porcelain', '--', '.', ':!evidence'], { encoding: 'utf8' }).trim()) {
  console.warn('Some changes are not committed; the evidence will say so.');
}

const { version } = await findHost(console.log, 'any');
const folder = version === PINNED_HOST ? 'evidence' : join('evidence/hosts', version);
const wanted = positionals.length > 0 ? positionals : known;
const claims = wanted.filter((claim) => version === PINNED_HOST || claim !== 'pinned');
const { status } = spawnSync(
  'playwright',
  ['test', '--project=claims', ...claims.map((claim) => `claims/${claim}.spec.ts`)],
  {
    stdio: 'inherit',
    env: { ...process.env, SPELLKAVE_MODE: 'full' },
  },
);
console.log();
for (const claim of claims) {
  const evidence = readEvidence('.', claim, existsSync(join(folder, `${claim}.json`)) ? folder : undefined);
  const figure = evidence.verdict === 'not measured' ? evidence.reason : `${evidence.headline}  ${evidence.reason}`;
  console.log(`${claim.padEnd(20)}${evidence.verdict.padEnd(14)}${figure}`);
}
process.exit(status ?? 1);
