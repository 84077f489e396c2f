import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { listEvidence, LONG, readEvidence } from '../../claims/evidence-file.ts';
import { recommended } from '../../claims/releases.ts';
import { knownCheckout } from '../../claims/harness/checkout.ts';
import { stateOf } from '../../claims/state.ts';
import { findHost } from '../../spike/host/binary.ts';
import { PINNED_HOST } from '../../spike/host/pin.ts';
import { endWith } from '../test/end-with.ts';
import { measuredRow, rowsOf } from './claim-rows.ts';
import { readClaimSets, type ClaimSets } from './claim-sets.ts';
import { about, secondsOf } from './estimate.ts';
import { lastEvidence } from './last-evidence.ts';
import { nextToOurs } from './next-to-ours.ts';
import { planOf, type Plan } from './plan.ts';
import { writeReadme } from './readme.ts';
import { checkReport } from './report-check.ts';
import { table } from './table.ts';

/** The committed evidence, and the folder of a run that is only compared with it. */
const OURS = 'evidence';
const MINE = '.spellkave/evidence';
const isLong = process.env['SPELLKAVE_LONG'] === '1';
/** What a long run measures more often. */
const LONG_CLAIM = 'border-once';

const HELP = `Measures claims in full on the pinned host and writes evidence/<claim>.json.

  npm run evidence -- [--set NAME] [--force] [--mine] [--list] [--help] [CLAIM …]
  npm run evidence -- --check FILE …

Without a name it measures every claim. It skips claims whose evidence is fresh, unless you name the claim itself.
Evidence is written as each claim ends. If you stop with Ctrl-C, run the same command again to measure the rest.
Commit the code first: evidence names the commit that it was measured at. Run it on an otherwise idle machine.

--set NAME  measures the claims of one set. May be given more than once.
--force     measures claims again that are fresh.
--mine      writes to .spellkave/evidence/, which git ignores, and prints your run next to ours.
--check     measures nothing. Checks evidence files, or issues that contain some, by the schema.
--candidate prints the version of the host that record 0002 recommends today.
--list      measures nothing. Prints the sets and the evidence that exists.

SPELLKAVE_HOST names a standalone binary of another version to measure on. Its evidence goes to
evidence/hosts/<version>/. The claim \`pinned\` is left out there.

SPELLKAVE_LONG=1 measures the claim \`border-once\` with 10,000 crossings under 300 kills, in about half an hour. Its
evidence goes to evidence/long/, and its page shows both runs. SPELLKAVE_SEED=NUMBER gives it other kills; use --mine
with it, so that committed evidence keeps the kills that its page names.`;

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
      mine: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      candidate: { type: 'boolean', default: false },
    },
  });
  if (values.help) return print(HELP);
  if (values.candidate) return print(recommended(new Date().toISOString().slice(0, 10)).now);
  if (values.check) return check(positionals);
  const sets = readClaimSets('.');
  const request = { claims: positionals, sets: values.set, force: values.force };
  if (isLong && (positionals.length !== 1 || positionals[0] !== LONG_CLAIM))
    throw new Error(
      `SPELLKAVE_LONG=1 changes nothing but ${LONG_CLAIM}: name that claim alone, or leave the variable out.`,
    );
  if (values.list) {
    const { measure } = planOf({ ...request, force: true }, sets, () => undefined);
    return print(listOf(sets, measure));
  }
  // Names and the commit are checked before the host is looked for, since building it may take twenty minutes.
  planOf(request, sets, () => undefined);
  if (knownCheckout('.').dirty) console.warn('Some changes are not committed; the evidence will say so.');
  const { version } = await findHost(console.log, 'any');
  const base = values.mine ? MINE : isLong ? LONG : OURS;
  const folder = version === PINNED_HOST ? base : join(base, 'hosts', version);
  const plan = planOf(request, sets, (claim) => {
    const last = lastEvidence('.', claim, folder);
    return last && stateOf('.', last);
  });
  plan.measure = plan.measure.filter((claim) => version === PINNED_HOST || claim !== 'pinned');
  announce(plan, folder);
  return plan.measure.length > 0 ? measure(plan.measure, { base, folder }) : 0;
}

/** @returns 1 if some file does not hold evidence of a full run */
function check(files: string[]): number {
  const checked = files.map((file) => ({ file, ...checkReport(readFileSync(file, 'utf8')) }));
  for (const { file, lines } of checked) for (const line of lines) console.log(`${file}: ${line}`);
  if (files.length === 0)
    throw new Error('--check needs a file: name an evidence file, or an issue saved as Markdown.');
  return checked.every(({ ok }) => ok) ? 0 : 1;
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

function announce({ measure, fresh }: Plan, folder: string): void {
  if (fresh.length > 0) console.log(`Fresh, so not measured again: ${fresh.join(', ')}. Use --force to measure them.`);
  if (measure.length === 0) return console.log('Nothing to measure.');
  const seconds = [...secondsOf(measure, (claim) => lastEvidence('.', claim, folder)).values()];
  const total = seconds.reduce((sum, one) => sum + one, 0);
  console.log(`Measuring ${measure.length} ${measure.length === 1 ? 'claim' : 'claims'}, ${about(total)}.`);
}

/** Measures, then prints what was found and what that changed, also after Ctrl-C. */
async function measure(claims: string[], { base, folder }: { base: string; folder: string }): Promise<number> {
  const before = new Map(claims.map((claim) => [claim, lastEvidence('.', claim, folder)]));
  const began = new Date();
  const reporters = ['claims/harness/reporter.ts', 'tools/evidence/progress-reporter.ts'];
  const specs = claims.map((claim) => `claims/${claim}.claim.ts`);
  const run = spawn('playwright', ['test', '--project=claims', `--reporter=${reporters.join(',')}`, ...specs], {
    stdio: 'inherit',
    env: { ...process.env, SPELLKAVE_MODE: 'full', SPELLKAVE_EVIDENCE: base },
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
    if (folder === OURS) writeReadme('.');
    if (base === MINE) {
      const yours = (claim: string) => lastEvidence('.', claim, folder);
      const pairs = claims.map((claim) => ({ claim, ours: lastEvidence('.', claim), yours: yours(claim) }));
      console.log(`\n${nextToOurs(pairs)}`);
    }
  }
}
