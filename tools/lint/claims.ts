import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
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

--fix      brings every cited number up to its evidence.
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
  numbersHaveProof,
  importsPointDown,
]);
process.exit(passed ? 0 : 1);
