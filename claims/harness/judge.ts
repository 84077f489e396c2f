import { anchorOf, type Arm, type Check } from '../check.ts';
import type { Condition } from '../condition.ts';
import type { Distribution, Tally } from '../distribution.ts';
import type { Run } from '../evidence.ts';
import type { Pulse } from '../provenance.ts';
import type { Exchange } from '../transcript.ts';
import { mode } from './provenance.ts';
import { round } from './statistics.ts';

/** What an experiment found; the harness adds where and when. */
export interface Findings {
  headline: string;
  checks: Check[];
  distributions: Distribution[];
  tallies: Tally[];
  conditions: Condition[];
  transcript: Exchange[];
}

/** Something that a limit can be put on. */
export abstract class Limited {
  abstract readonly arm: Arm;
  abstract readonly name: string;
  abstract readonly label: string;
  abstract readonly unit: string;
  abstract get value(): number;
  abstract get rounds(): number[];

  get anchor(): string {
    return anchorOf(this);
  }

  atMost(limit: number): Check {
    return this.#judge('at most', limit, (value) => value <= limit);
  }

  atLeast(limit: number): Check {
    return this.#judge('at least', limit, (value) => value >= limit);
  }

  exactly(limit: number): Check {
    return this.#judge('exactly', limit, (value) => value === limit);
  }

  /** What must not happen even once, however busy the machine. */
  never(): Check {
    return { ...this.exactly(0), loadProof: true };
  }

  /** @throws Error when nothing was measured, because a limit on nothing would always hold or always fail */
  #judge(comparison: Check['comparison'], limit: number, keeps: (value: number) => boolean): Check {
    const { arm, name, label, unit, rounds } = this;
    if (rounds.length === 0) throw new Error(`${this.anchor} has a limit and was never measured: add to it in \`run\``);
    const value = round(this.value);
    const figure = { arm, name, label, value, unit, rounds: rounds.map(round) };
    return { ...figure, comparison, limit: round(limit), loadProof: false, gating: true, ok: keeps(value) };
  }
}

/** A limit that decides only in full runs, on a quiet machine and with many samples: use it for absolute times. */
export function full(check: Check): Check {
  return { ...check, gating: mode === 'full' };
}

/**
 * Above these the machine is busy with something else, and no time measured on it means anything: a machine that stands
 * still for longer than a tick makes every world on it miss one.
 */
const BUSY = { p99Ms: 20, maxMs: 100 };
export const FEWEST_SAMPLES = 30;

/**
 * The verdict. If the control still passes with the mechanism broken, the claim fails: the experiment could not have
 * detected anything. A violated `never` also fails it. Load that is there while the experiment idles, or too few samples,
 * make the rest inconclusive, good or bad. Load that the experiment causes is part of the result. What was checked is
 * exact on any machine.
 * @param idle the heartbeat of the windows in which the experiment idled
 */
export function verdictOf(
  findings: Pick<Findings, 'checks' | 'distributions'>,
  idle: Pulse[],
  kind: Run['kind'],
): Pick<Run, 'verdict' | 'reason'> {
  const broken = findings.checks.filter(({ gating, ok }) => gating && !ok);
  const whole = broken.find(({ arm }) => arm === 'control');
  if (whole) return { verdict: 'fails', reason: `the control still passed: ${describe(whole)}` };
  const certain = broken.find(({ loadProof }) => loadProof || kind === 'checked');
  if (certain) return { verdict: 'fails', reason: describe(certain) };
  const busy = idle.find(({ p99Ms, maxMs }) => p99Ms > BUSY.p99Ms || maxMs > BUSY.maxMs);
  if (kind !== 'checked' && busy) {
    return {
      verdict: 'inconclusive',
      reason: `the machine was busy while the experiment idled: a 10 ms timer was ${busy.p99Ms} ms late at p99, ${busy.maxMs} ms at most`,
    };
  }
  const few = findings.distributions.find(({ n }) => n < FEWEST_SAMPLES);
  if (few) return { verdict: 'inconclusive', reason: `only ${few.n} samples of ${few.name} (${few.label})` };
  const [worst] = broken;
  return worst ? { verdict: 'fails', reason: describe(worst) } : { verdict: 'holds', reason: '' };
}

function describe({ label, value, unit, comparison, limit }: Check): string {
  return `${label} was ${value} ${unit}, and should be ${comparison} ${limit} ${unit}`;
}
