import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Evidence } from '../../claims/evidence.ts';
import { readEvidence } from '../../claims/evidence-file.ts';
import { readHistory } from '../../claims/history.ts';
import { stateOf } from '../../claims/state.ts';
import { changesOf, JUDGEMENTS } from './change.ts';
import { commentOf, type Compared } from './comment.ts';
import { obstaclesOf, type Obstacle } from './comparable.ts';
import { evidenceAt, evidenceNow, nameOf, type EvidenceByFile } from './commit.ts';
import { table } from './table.ts';

const HELP = `Prints as Markdown what has changed in evidence/ since a commit.

  npm run --silent claims:diff -- [--help] [--comment] [--quick FOLDER] BASE

It first warns of each claim whose experiment (method, control, workload, figures, limits) or machine (CPU, cores, host,
Node) has changed. The figures of such a claim are listed but not judged. Other figures are better, worse or noise: it is
noise if the rounds before and after overlap.

--comment       prints the comment that CI posts on a pull request: a line that sums up, the changed experiments and
                machines, and the changed figures with their share of the limit and their earlier runs. With three or more
                earlier full runs of one experiment on one machine, the spread between those runs decides what is noise.
--quick FOLDER  adds what was just measured in the short form of the claims, such as test-results/evidence.`;

try {
  process.exitCode = main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      comment: { type: 'boolean', default: false },
      quick: { type: 'string' },
    },
  });
  const [base, ...more] = positionals;
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (!base || more.length > 0) {
    console.error(HELP);
    return 2;
  }
  const [before, after] = [evidenceAt('.', base), evidenceNow('.')];
  const files = [...new Set([...before.keys(), ...after.keys()])].sort();
  console.log(
    values.comment ? comment(base, files, before, after, values.quick) : difference(base, files, before, after),
  );
  return 0;
}

function comment(
  base: string,
  files: string[],
  before: EvidenceByFile,
  after: EvidenceByFile,
  quick: string | undefined,
): string {
  const claims = files.map((file): Compared => {
    const now = after.get(file);
    const isPinned = now !== undefined && file === `evidence/${now.claim}.json`;
    return {
      name: nameOf(file),
      before: before.get(file),
      after: now,
      ...(isPinned && { state: stateOf('.', now) }),
      history: isPinned ? readHistory('evidence', now.claim) : [],
    };
  });
  return commentOf({ base: short(base), head: short('HEAD'), claims, quick: quick ? readFolder(quick) : [] });
}

/** A branch or a tag keeps its name. */
function short(commit: string): string {
  if (!/^[0-9a-f]{40}$|^HEAD$/.test(commit)) return commit;
  return execFileSync('git', ['rev-parse', '--short=7', commit], { encoding: 'utf8' }).trim();
}

/** What a run left in its folder; nothing if it measured nothing. */
function readFolder(folder: string): Evidence[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readEvidence('.', name.slice(0, -'.json'.length), folder));
}

function difference(base: string, files: string[], before: EvidenceByFile, after: EvidenceByFile): string {
  const obstacles = files.flatMap((file) => obstaclesOf(nameOf(file), before.get(file), after.get(file)));
  const warnings = (['experiment', 'machine', 'code'] as const).flatMap((kind) =>
    obstacles.filter(({ what }) => what === kind).map(warn),
  );
  const rows = files
    .flatMap((file) => changesOf(nameOf(file), before.get(file), after.get(file)))
    .sort((a, b) => JUDGEMENTS.indexOf(a.judgement) - JUDGEMENTS.indexOf(b.judgement) || a.claim.localeCompare(b.claim))
    .map(({ claim, figure, before, after, judgement }) => [claim, figure, before, after, judgement]);
  const unreadable = [...before].filter(([, evidence]) => !evidence).map(([file]) => nameOf(file));
  return [
    ...warnings,
    rows.length > 0
      ? table(['Claim', 'Figure', 'Before', 'After', 'Judgement'], rows)
      : `No evidence has changed since ${base}.`,
    ...(unreadable.length > 0
      ? [`\nIn ${base} these have a schema that cannot be read, so they are shown as new: ${unreadable.join(', ')}.`]
      : []),
  ].join('\n');
}

function warn({ claim, what, parts, details }: Obstacle): string {
  const head =
    what === 'code'
      ? `**Note: the code of the experiment of ${claim} changed**, but not its method, control, workload or limits.`
      : `**Warning: the ${what} of ${claim} changed** (${parts.join(', ')}), so its figures are not judged.`;
  return [head, '', ...details.map((line) => `- ${line}`), ''].join('\n');
}
