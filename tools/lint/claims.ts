import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeReadme } from '../evidence/readme.ts';
import { readmeIsCurrent } from './gates/evidence-readme.ts';
import { numbersHaveProof } from './gates/numbers-have-proof.ts';
import { citedNumbersAgree, withCitedNumbers } from './gates/cited-numbers.ts';
import { pass } from './read/finding.ts';
import { hostsAreReadable } from './gates/host-folders.ts';
import { controlsBreak, evidenceFitsSchema, evidenceIsFresh, limitsAreKept } from './gates/limits-and-controls.ts';
import { claimsAreMeasured, evidenceHasSpec, specsAreNamed, specsHaveEvidence } from './gates/specs-and-evidence.ts';
import { citedClaimsExist, claimsAreStated, claimsAreStatedOnce } from './gates/stated-claims.ts';
import { importsPointDown } from './gates/module-layers.ts';
import { readProject } from './read/project.ts';

const HELP = `Checks claims, evidence, what the records say of them, and the imports of the world module. Needs no host and takes
seconds.

  npm run lint:claims -- [--help] [--fix] [--release]

--fix      brings every cited number up to its evidence, and writes evidence/README.md.
--release  makes stale evidence an error; the site is not deployed with it.`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    fix: { type: 'boolean', default: false },
    release: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
if (values.fix) {
  const project = readProject('.');
  for (const record of project.records) {
    const { path, text } = withCitedNumbers(record, project);
    if (text === record.text) continue;
    writeFileSync(path, text);
    console.log(`${path}: cited numbers brought up to their evidence`);
  }
  if (readmeIsCurrent('.')().length > 0) {
    writeReadme('.');
    console.log('evidence/README.md: written');
  }
}
const passed = pass(readProject('.'), [
  specsAreNamed,
  specsHaveEvidence,
  claimsAreMeasured,
  evidenceHasSpec,
  claimsAreStated,
  claimsAreStatedOnce,
  citedClaimsExist,
  evidenceFitsSchema,
  hostsAreReadable,
  limitsAreKept,
  controlsBreak,
  evidenceIsFresh(values.release),
  citedNumbersAgree,
  readmeIsCurrent('.'),
  numbersHaveProof,
  importsPointDown,
]);
process.exit(passed ? 0 : 1);
