import type { Condition } from '../../claims/condition.ts';
import type { Run } from '../../claims/evidence.ts';
import type { Claim } from './claim.ts';
import { runIn } from './hosts.ts';

/** The cost of a tick in another claim's workload, in milliseconds. */
export interface Workload {
  claim: string;
  acting: number;
  p99: number;
}

/** A point of the sweep of tick-capacity, in milliseconds. */
export interface CapacityPoint {
  acting: number;
  p50: number;
  p99: number;
  /** Lateness at p99. */
  late: number;
  /** Per cent of the ticks that were due. */
  missed: number;
}

/** The sweep in order of the agents that act. */
export function sweepOf({ conditions = [] }: Pick<Run, 'conditions'>): CapacityPoint[] {
  return conditions
    .filter(({ figures }) => figures.some(({ name }) => name === 'acting'))
    .map((condition) => ({
      acting: figureOf(condition, 'acting'),
      p50: figureOf(condition, 'cost.p50'),
      p99: figureOf(condition, 'cost.p99'),
      late: figureOf(condition, 'lateness.p99'),
      missed: figureOf(condition, 'missed'),
    }))
    .sort((one, other) => one.acting - other.acting);
}

function figureOf({ name: condition, figures }: Condition, name: string): number {
  const figure = figures.find((one) => one.name === name);
  if (!figure) throw new Error(`tick-capacity has no ${name} for ${condition}: the page expects it at every point`);
  return figure.value;
}

/** How many agents act in the workload of another claim, by the words of its curve, e.g. `1,000 of 10,000 act`. */
export function actingIn(words: string): number | undefined {
  const [, digits] = /(\d[\d,]*)(?: agents| of [\d,]+)? (?:acting|acts?|moves?)\b/.exec(words) ?? [];
  return digits === undefined ? undefined : Number(digits.replaceAll(',', ''));
}

/** Where the curve reaches a cost, by a straight line between two points on logarithmic axes; nothing where it does not. */
export function actingAt(sweep: CapacityPoint[], ms: number, of: 'p50' | 'p99'): number | undefined {
  const after = sweep.findIndex((point) => point[of] > ms);
  const [before, beyond] = [sweep[after - 1], sweep[after]];
  if (!before || !beyond) return undefined;
  const share = Math.log(ms / before[of]) / Math.log(beyond[of] / before[of]);
  return before.acting * (beyond.acting / before.acting) ** share;
}

/** The claims whose workload is one point of the curve, and the samples that they judge. */
const WORKLOADS = [
  ['tick-cadence', 'lateness'],
  ['tick-scale', 'cost'],
  ['reducer-budget', 'lively-tick'],
] as const;

/** A claim's workload, in the words of its own curve. What no run has measured is absent. */
export interface WorkloadRow {
  claim: string;
  workload?: string;
  acting?: number;
  figure?: { name: string; unit: string; p50: number; p99: number };
}

type Measured = Pick<Claim, 'id' | 'evidence'>;

export function workloadRows(claims: readonly Measured[]): WorkloadRow[] {
  return WORKLOADS.map(([claim, name]) => {
    const run = runIn(claims.find(({ id }) => id === claim)?.evidence);
    const curve = run?.distributions.find((one) => one.arm === 'subject' && one.name === name);
    if (!curve) return { claim };
    const { label, unit, p50, p99 } = curve;
    const acting = actingIn(label);
    return { claim, workload: label, ...(acting !== undefined && { acting }), figure: { name, unit, p50, p99 } };
  });
}

/** The workloads that cost time, for the picture; lateness is another quantity. */
export function workloadsOf(claims: readonly Measured[]): Workload[] {
  return workloadRows(claims).flatMap(({ claim, acting, figure }) =>
    acting !== undefined && figure && figure.name !== 'lateness' ? [{ claim, acting, p99: figure.p99 }] : [],
  );
}
