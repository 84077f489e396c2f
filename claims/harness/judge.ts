import type { Check, Distribution, Pulse, Run, Tally } from '../evidence.ts';
import { mode } from './provenance.ts';
import { quantileOf, round } from './statistics.ts';

/** What an experiment found; the harness adds where and when. */
export interface Findings {
  headline: string;
  checks: Check[];
  distributions?: Distribution[];
  tallies?: Tally[];
}

type Figure = Omit<Check, 'comparison' | 'limit' | 'loadProof' | 'gating' | 'ok'>;

/**
 * Above these, the cores were busy with something else, and no time measured here means anything: a machine that stands
 * still for longer than a tick makes every world on it miss one.
 */
const OVERLOADED = { p99Ms: 20, maxMs: 100 };
const FEWEST_SAMPLES = 30;

/** A quantile over the pooled rounds, and in each of them. */
export function quantileFigure(figure: Omit<Figure, 'value' | 'rounds'>, rounds: number[][], q: number): Figure {
  return {
    ...figure,
    value: round(quantileOf(rounds.flat(), q)),
    rounds: rounds.map((values) => round(quantileOf(values, q))),
  };
}

/** A count over all rounds, and in each of them. */
export function countFigure(figure: Omit<Figure, 'value' | 'rounds'>, rounds: number[]): Figure {
  return { ...figure, value: rounds.reduce((sum, count) => sum + count, 0), rounds };
}

/** The mean of one value a round. */
export function meanFigure(figure: Omit<Figure, 'value' | 'rounds'>, rounds: number[]): Figure {
  return {
    ...figure,
    value: round(rounds.reduce((sum, value) => sum + value, 0) / rounds.length),
    rounds: rounds.map(round),
  };
}

/** @param scope `full` for a limit that only means something on a quiet machine with many samples */
export function atMost(figure: Figure, limit: number, scope: 'always' | 'full' = 'always'): Check {
  return judge(figure, 'at most', limit, scope, figure.value <= limit);
}

export function atLeast(figure: Figure, limit: number, scope: 'always' | 'full' = 'always'): Check {
  return judge(figure, 'at least', limit, scope, figure.value >= limit);
}

export function exactly(figure: Figure, limit: number, scope: 'always' | 'full' = 'always'): Check {
  return judge(figure, 'exactly', limit, scope, figure.value === limit);
}

/** What must not happen even once, however busy the machine. */
export function never(figure: Figure): Check {
  return { ...exactly(figure, 0), loadProof: true };
}

function judge(
  figure: Figure,
  comparison: Check['comparison'],
  limit: number,
  scope: 'always' | 'full',
  ok: boolean,
): Check {
  return {
    ...figure,
    comparison,
    limit: round(limit),
    loadProof: false,
    gating: scope === 'always' || mode === 'full',
    ok,
  };
}

/**
 * The verdict. If the control still passes with the mechanism broken, the claim fails: the experiment could not have
 * detected anything. A violated `never` also fails it. Load that is there while the experiment idles, or too few samples,
 * make the rest inconclusive, good or bad. Load that the experiment causes is part of the result. What was checked is
 * exact on any machine.
 * @param idle the heartbeat of the windows in which the experiment idled
 */
export function verdictOf(findings: Findings, idle: Pulse[], kind: Run['kind']): Pick<Run, 'verdict' | 'reason'> {
  const broken = findings.checks.filter(({ gating, ok }) => gating && !ok);
  const whole = broken.find(({ arm }) => arm === 'control');
  if (whole) return { verdict: 'fails', reason: `the control still passed: ${describe(whole)}` };
  const certain = broken.find(({ loadProof }) => loadProof || kind === 'checked');
  if (certain) return { verdict: 'fails', reason: describe(certain) };
  const busy = idle.find(({ p99Ms, maxMs }) => p99Ms > OVERLOADED.p99Ms || maxMs > OVERLOADED.maxMs);
  if (kind !== 'checked' && busy) {
    return {
      verdict: 'inconclusive',
      reason: `the machine was busy while the experiment idled: a 10 ms timer was ${busy.p99Ms} ms late at p99, ${busy.maxMs} ms at most`,
    };
  }
  const few = findings.distributions?.find(({ n }) => n < FEWEST_SAMPLES);
  if (few) return { verdict: 'inconclusive', reason: `only ${few.n} samples of ${few.name} (${few.label})` };
  const [worst] = broken;
  return worst ? { verdict: 'fails', reason: describe(worst) } : { verdict: 'holds', reason: '' };
}

function describe({ label, value, unit, comparison, limit }: Check): string {
  return `${label} was ${value} ${unit}, and should be ${comparison} ${limit} ${unit}`;
}
