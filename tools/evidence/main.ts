import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { listEvidence, readEvidence, stateOf } from '../../claims/evidence.ts';
import { findHost } from '../../spike/host/binary.ts';
import { PINNED_HOST } from '../../spike/host/pin.ts';
import { endWith } from '../test/end-with.ts';
import { measuredRow, rowsOf } from './claim-rows.ts';
import { readClaimSets, type ClaimSets } from './claim-sets.ts';
import { about, secondsOf } from './estimate.ts';
import { lastEvidence } from './last-evidence.ts';
import { planOf, type Plan } from './plan.ts';
import { table } from './table.ts';

const HELP = `Measures claims in full on the pinned host and writes evidence/<claim>.json.

  npm run evidence -- [--set NAME] [--force] [--list] [--help] [CLAIM …]

Without a name it measures every claim. It skips claims whose evidence is fresh, unless you name the claim itself.
Evidence is written as each claim ends. If you stop with Ctrl-C, run the same command again to measure the rest.
Commit the code first: evidence names the commit that it was measured at. Run it on an otherwise idle machine.

--set NAME  measures the claims of one set. May be given more than once.
--force     measures claims again that are fresh.
--list      measures nothing. Prints the sets and the evidence that exists.

SPELLKAVE_HOST names a standalone binary of another version to measure on. Its evidence goes to
evidence/hosts/<version>/. The claim \`pinned\` is left out there.`;

const INTERRUPTED = 'Interrupted. What was measured is written; run the same command again to measure the rest.';

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      list: { type: 'boolean', default: false },
      set: { type: 'string', multiple: true, default: [] },
      force: { type: 'boolean', default: false },
    },
  });
  if (values.help) return print(HELP);
  const sets = readClaimSets('.');
  const request = { claims: positionals, sets: values.set, force: values.force };
  if (values.list) {
    const { measure } = planOf({ ...request, force: true }, sets, () => undefined);
    return print(listOf(sets, measure));
  }
  // Names are checked before the host is looked for, since building it may take twenty minutes.
  planOf(request, sets, () => undefined);
  if (isDirty()) console.warn('Some changes are not committed; the evidence will say so.');
  const { version } = await findHost(console.log, 'any');
  const folder = version === PINNED_HOST ? 'evidence' : join('evidence/hosts', version);
  const plan = planOf(request, sets, (claim) => {
    const last = lastEvidence('.', claim, folder);
    return last && stateOf('.', last);
  });
  plan.measure = plan.measure.filter((claim) => version === PINNED_HOST || claim !== 'pinned');
  announce(plan, folder);
  return plan.measure.length > 0 ? measure(plan.measure, folder) : 0;
}

function print(text: string): number {
  console.log(text);
  return 0;
}

/** The sets, and the evidence of the chosen claims. */
function listOf(sets: ClaimSets, chosen: string[]): string {
  const evidence = listEvidence('.').filter((claim) => chosen.includes(claim));
  const rows = rowsOf(
    '.',
    evidence.map((claim) => readEvidence('.', claim)),
  );
  return [
    ...[...sets].map(([set, claims]) => `${set}: ${claims.join(', ')}`),
    '',
    table(['Claim', 'State', 'Headline', 'Host', 'Measured'], rows),
  ].join('\n');
}

function isDirty(): boolean {
  return execFileSync('git', ['status', '--porcelain', '--', '.', ':!evidence'], { encoding: 'utf8' }).trim() !== '';
}

function announce({ measure, fresh }: Plan, folder: string): void {
  if (fresh.length > 0) console.log(`Fresh, so not measured again: ${fresh.join(', ')}. Use --force to measure them.`);
  if (measure.length === 0) return console.log('Nothing to measure.');
  const seconds = [...secondsOf(measure, (claim) => lastEvidence('.', claim, folder)).values()];
  const total = seconds.reduce((sum, one) => sum + one, 0);
  console.log(`Measuring ${measure.length} ${measure.length === 1 ? 'claim' : 'claims'}, ${about(total)}.`);
}

/** Measures, then prints what was found and what that changed, also after Ctrl-C. */
async function measure(claims: string[], folder: string): Promise<number> {
  const before = new Map(claims.map((claim) => [claim, lastEvidence('.', claim, folder)]));
  const began = new Date();
  const reporters = ['claims/harness/reporter.ts', 'tools/evidence/progress-reporter.ts'];
  const specs = claims.map((claim) => `claims/${claim}.claim.ts`);
  const run = spawn('playwright', ['test', '--project=claims', `--reporter=${reporters.join(',')}`, ...specs], {
    stdio: 'inherit',
    env: { ...process.env, SPELLKAVE_MODE: 'full' },
  });
  endWith(run, () => {
    report();
    console.log(INTERRUPTED);
  });
  const [status] = (await once(run, 'close')) as [number | null];
  report();
  return status ?? 1;

  function report(): void {
    const rows = claims.map((claim) =>
      measuredRow('.', { claim, before: before.get(claim), after: lastEvidence('.', claim, folder) }, began),
    );
    console.log(`\n${table(['Claim', 'State', 'Headline', 'Before → after'], rows)}`);
  }
}
