import type { Check } from '../../claims/check.ts';
import type { Evidence, Run } from '../../claims/evidence.ts';
import type { HistoryEntry } from '../../claims/history.ts';
import { share } from '../../claims/margin.ts';
import { number } from '../../claims/number.ts';
import { STATES, type State } from '../../claims/state.ts';
import { changesOf, distance, JUDGEMENTS, type Change } from './change.ts';
import { obstaclesOf, type Obstacle } from './comparable.ts';
import { earlierValues, isOutside } from './noise.ts';
import { sparkline } from './sparkline.ts';
import { table } from './table.ts';

/** One claim before and after a pull request. */
export interface Compared {
  /** The claim; for another host, also its version. */
  name: string;
  before: Evidence | undefined;
  after: Evidence | undefined;
  /** What a reader of the site sees now. Absent for other hosts, and where the evidence is gone. */
  state?: State;
  /** The claim's full runs on the pinned host. */
  history: readonly HistoryEntry[];
}

export interface CommentInput {
  base: string;
  head: string;
  claims: Compared[];
  /** What this very run measured, in the short form of the claims. */
  quick: Evidence[];
}

/** By this line the comment is found again and replaced. */
export const MARK = '<!-- spellkave: evidence -->';
/** GitHub takes 65,536 characters. */
const LONGEST = 60_000;
const FOLDED: readonly Change['judgement'][] = ['noise', 'not comparable'];
const HEAD = ['Claim', 'Figure', 'Base', 'Head', 'Δ', 'Of limit', 'Runs', 'Judgement'];

/** A row of the comment: a change, with what its claim's history says about it. */
interface Row extends Change {
  earlier: number[];
}

/** The comment on a pull request: what a reviewer must know of changed evidence, what matters most first. */
export function commentOf({ base, head, claims, quick }: CommentInput): string {
  const obstacles = claims.flatMap(({ name, before, after }) => obstaclesOf(name, before, after));
  const rows = claims.flatMap(rowsOf).sort(byWeight);
  const shown = rows.filter(({ judgement }) => !FOLDED.includes(judgement));
  const folded = rows.filter(({ judgement }) => FOLDED.includes(judgement));
  const parts = [
    `**${summary(claims, obstacles, rows)}**`,
    `Evidence from \`${base}\` to \`${head}\`.`,
    ...warnings(obstacles),
    ...(shown.length > 0 ? [table(HEAD, shown.map(cellsOf))] : []),
    ...(folded.length > 0
      ? [fold(`${counted(folded.length, 'figure')} within noise, or not comparable`, table(HEAD, folded.map(cellsOf)))]
      : []),
    ...measuredNow(quick),
  ];
  const text = parts.join('\n\n');
  const whole =
    text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}\n\nCut here: the rest is in the summary of the job.`;
  return `${whole}\n\n${MARK}\n`;
}

function summary(claims: Compared[], obstacles: Obstacle[], rows: Row[]): string {
  const states = STATES.map((state) => ({ state, count: claims.filter((claim) => claim.state === state).length }));
  const verdicts = rows.filter(({ judgement }) => judgement === 'verdict changed').length;
  const crossed = rows.filter(({ checks }) => checks?.before?.ok && checks.after && !checks.after.ok).length;
  const of = (judgement: Change['judgement']) => rows.filter((row) => row.judgement === judgement).length;
  const changed = (what: Obstacle['what']) =>
    new Set(obstacles.filter((one) => one.what === what).map(({ claim }) => claim)).size;
  return [
    states
      .filter(({ count, state }) => count > 0 || state === 'holds')
      .map(({ state, count }) => `${count} ${state === 'holds' && count !== 1 ? 'hold' : state}`)
      .join(', '),
    [
      changed('experiment') > 0 && `${counted(changed('experiment'), 'experiment')} changed`,
      changed('machine') > 0 && `another machine for ${counted(changed('machine'), 'claim')}`,
      verdicts > 0 && `${counted(verdicts, 'verdict')} changed`,
      crossed > 0 ? `${counted(crossed, 'figure')} crossed a limit` : 'nothing crossed a limit',
      of('worse') > 0 && `${of('worse')} worse`,
      of('better') > 0 && `${of('better')} better`,
    ]
      .filter(Boolean)
      .join(', '),
  ]
    .map((sentence) => `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`)
    .join(' ');
}

/** Changes of an experiment or of the machine come first, because figures across them say nothing. */
function warnings(obstacles: Obstacle[]): string[] {
  const experiments = obstacles.filter(({ what }) => what === 'experiment');
  const machines = Map.groupBy(
    obstacles.filter(({ what }) => what === 'machine'),
    ({ details }) => details.join('; '),
  );
  const code = obstacles.filter(({ what }) => what === 'code').map(({ claim }) => claim);
  return [
    ...experiments.map(({ claim, parts, details }) =>
      fold(`⚠ The experiment of ${claim} changed (${parts.join(', ')}), so its figures are not judged`, list(details)),
    ),
    ...[...machines].map(
      ([details, own]) =>
        `⚠ Another machine (${details}), so no figure is judged of: ${own.map(({ claim }) => claim).join(', ')}.`,
    ),
    ...(code.length > 0
      ? [`The code of these experiments changed, but not their description or limits: ${code.join(', ')}.`]
      : []),
  ];
}

function rowsOf({ name, before, after, history }: Compared): Row[] {
  const run = runOf(after);
  return changesOf(name, before, after).map((change) => {
    const check = change.checks?.after;
    const earlier = check && run ? earlierValues(history, run, check) : [];
    return { ...change, judgement: judged(change, earlier, run), earlier: check ? [...earlier, check.value] : [] };
  });
}

/** Runs of one experiment on one machine vary more than the rounds within one of them, so they decide what is noise. */
function judged({ judgement, checks }: Change, earlier: number[], run: Run | undefined): Change['judgement'] {
  const { before, after } = checks ?? {};
  if (!before || !after || !run || !['worse', 'better', 'noise'].includes(judgement)) return judgement;
  if (before.ok !== after.ok) return judgement;
  const outside = isOutside(after.value, earlier);
  if (outside === undefined) return judgement;
  if (!outside) return 'noise';
  return distance(after, after.value) < distance(after, before.value) ? 'better' : 'worse';
}

function cellsOf({ claim, figure, before, after, judgement, checks, earlier }: Row): string[] {
  const used = checks?.after && share(checks.after);
  return [
    claim,
    figure,
    before,
    after,
    checks ? difference(checks) : '',
    used === undefined ? '' : `${bar(used)} ${Math.round(used * 100)} %`,
    earlier.length > 1 ? sparkline(earlier) : '',
    judgement,
  ];
}

function difference({ before, after }: { before?: Check; after?: Check }): string {
  if (!before || !after || before.value === 0 || before.value === after.value) return '';
  const percent = Math.round(((after.value - before.value) / Math.abs(before.value)) * 100);
  return `${percent > 0 ? '+' : percent < 0 ? '−' : '±'}${number(Math.abs(percent))} %`;
}

function bar(used: number): string {
  const full = Math.min(5, Math.round(used * 5));
  return '█'.repeat(full) + '░'.repeat(5 - full);
}

function measuredNow(quick: Evidence[]): string[] {
  if (quick.length === 0) return ['This run measured no claim.'];
  const cores = quick.flatMap((evidence) => runOf(evidence)?.provenance.cores ?? [])[0];
  const verdicts = Map.groupBy(quick, ({ verdict }) => verdict);
  const counts = [...verdicts].map(
    ([verdict, own]) => `${own.length} ${verdict === 'holds' && own.length !== 1 ? 'hold' : verdict}`,
  );
  const rows = quick.map((evidence) => {
    const run = runOf(evidence);
    return [evidence.claim, evidence.verdict, run ? run.headline : evidence.reason];
  });
  const on = cores === undefined ? '' : ` on ${cores} cores`;
  return [
    fold(
      `Measured in this run, in the short form${on}: ${counts.join(', ')}`,
      `${table(['Claim', 'Verdict', 'Headline'], rows)}\n\nA short run shares its machine, so absolute times decide nothing in it.`,
    ),
  ];
}

const byWeight = (a: Row, b: Row) =>
  JUDGEMENTS.indexOf(a.judgement) - JUDGEMENTS.indexOf(b.judgement) || a.claim.localeCompare(b.claim);
const fold = (summary: string, text: string) => `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`;
const list = (lines: string[]) => lines.map((line) => `- ${line}`).join('\n');
const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

function runOf(evidence: Evidence | undefined): Run | undefined {
  return evidence && evidence.verdict !== 'not measured' ? evidence : undefined;
}
