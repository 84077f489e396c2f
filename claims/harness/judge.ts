import type { Check, Distribution, Run, Tally } from '../evidence.ts';
import { mode } from './provenance.ts';
import { quantileOf, round } from './statistics.ts';
import type { Pulse } from './heartbeat.ts';

/** What an experiment found; the harness adds where and when. */
export interface Findings {
  headline: string;
  checks: Check[];
  distributions?: Distribution[];
  tallies?: Tally[];
}

type Figure = Omit<Check, 'comparison' | 'limit' | 'timeless' | 'gates' | 'ok'>;

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
  return { ...exactly(figure, 0), timeless: true };
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
    timeless: false,
    gates: scope === 'always' || mode === 'full',
    ok,
  };
}

/**
 * The verdict. A control that comes out whole fails the claim whatever else was seen: then the test proves nothing.
 * So does what must never happen. An overloaded machine, or too few samples, makes the rest of what was measured
 * inconclusive, be it good or bad; what was checked is exact on any machine.
 */
export function verdictOf(findings: Findings, pulse: Pulse, kind: Run['kind']): Pick<Run, 'verdict' | 'reason'> {
  const broken = findings.checks.filter(({ gates, ok }) => gates && !ok);
  const whole = broken.find(({ arm }) => arm === 'control');
  if (whole) return { verdict: 'fails', reason: `the control came out whole: ${describe(whole)}` };
  const certain = broken.find(({ timeless }) => timeless || kind === 'checked');
  if (certain) return { verdict: 'fails', reason: describe(certain) };
  if (kind !== 'checked' && (pulse.p99Ms > OVERLOADED.p99Ms || pulse.maxMs > OVERLOADED.maxMs)) {
    return {
      verdict: 'inconclusive',
      reason: `the machine was overloaded: a timer outside the host was ${pulse.p99Ms} ms late at p99, ${pulse.maxMs} ms at most`,
    };
  }
  const few = findings.distributions?.find(({ n }) => n < FEWEST_SAMPLES);
  if (few) return { verdict: 'inconclusive', reason: `only ${few.n} samples of ${few.name} (${few.label})` };
  const [worst] = broken;
  return worst ? { verdict: 'fails', reason: describe(worst) } : { verdict: 'holds', reason: '' };
}

function describe({ says, value, unit, comparison, limit }: Check): string {
  return `${says} was ${value} ${unit}, and should be ${comparison} ${limit} ${unit}`;
}
