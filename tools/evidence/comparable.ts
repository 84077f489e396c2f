import { anchorOf, type Check } from '../../claims/check.ts';
import type { Evidence, Run } from '../../claims/evidence.ts';

/** What changed between two runs besides the figures. */
export interface Obstacle {
  claim: string;
  /** Only the first two forbid a comparison: `code` is a change that left method, control, workload and limits alone. */
  what: 'experiment' | 'machine' | 'code';
  /** The parts that changed, e.g. `method`. */
  parts: string[];
  /** One line for each thing that is gone (−) or new (+). */
  details: string[];
}

/** What changed in the experiment and in the machine between two runs of a claim; empty where one was not a run. */
export function obstaclesOf(claim: string, before: Evidence | undefined, after: Evidence | undefined): Obstacle[] {
  const [old, now] = [runOf(before), runOf(after)];
  if (!old || !now) return [];
  const experiment = obstacle(claim, 'experiment', old, now, EXPERIMENT);
  return [
    ...experiment,
    ...obstacle(claim, 'machine', old, now, MACHINE),
    ...(experiment.length === 0 && old.experiment && now.experiment ? obstacle(claim, 'code', old, now, CODE) : []),
  ];
}

/** Whether the figures of two runs say anything about each other. */
export function areComparable(obstacles: Obstacle[]): boolean {
  return obstacles.every(({ what }) => what === 'code');
}

/** Reads a part of a run as lines, so that two runs can be compared line by line. */
type Part = (run: Run) => string[];

const EXPERIMENT: Record<string, Part> = {
  method: ({ method }) => sentences(method),
  control: ({ control }) => sentences(control),
  workload: ({ distributions, tallies }) => [
    ...new Set([...distributions, ...tallies].map(({ arm, label }) => `${arm}: ${label}`)),
  ],
  figures: ({ checks }) => checks.map(anchorOf),
  limits: ({ checks }) => checks.filter(isSetByHand).map(limitLine),
  mode: ({ provenance }) => [provenance.mode],
};

const MACHINE: Record<string, Part> = {
  host: ({ provenance }) => [provenance.host],
  CPU: ({ provenance }) => [provenance.cpu],
  cores: ({ provenance }) => [`${provenance.cores}`],
  Node: ({ provenance }) => [provenance.node],
};

/** Schema 1 does not have this hash. */
const CODE: Record<string, Part> = {
  hash: ({ experiment = '' }) => [experiment.slice(0, 12)],
};

function obstacle(
  claim: string,
  what: Obstacle['what'],
  before: Run,
  after: Run,
  parts: Record<string, Part>,
): Obstacle[] {
  const changed = Object.entries(parts).flatMap(([part, read]) => {
    const [old, now] = [read(before), read(after)];
    const details = [
      ...old.filter((line) => !now.includes(line)).map((line) => `${part} − ${line}`),
      ...now.filter((line) => !old.includes(line)).map((line) => `${part} + ${line}`),
    ];
    return details.length > 0 ? [{ part, details }] : [];
  });
  if (changed.length === 0) return [];
  return [{ claim, what, parts: changed.map(({ part }) => part), details: changed.flatMap(({ details }) => details) }];
}

/** A limit with more than two decimals was computed from the baseline of the same run, so it differs in every run. */
function isSetByHand({ limit }: Check): boolean {
  return Math.abs(limit * 100 - Math.round(limit * 100)) < 1e-9;
}

function limitLine(check: Check): string {
  const decides = check.gating ? '' : ', does not decide';
  return `${anchorOf(check)}: ${check.comparison} ${check.limit} ${check.unit}`.trim() + decides;
}

function runOf(evidence: Evidence | undefined): Run | undefined {
  return evidence && evidence.verdict !== 'not measured' ? evidence : undefined;
}

function sentences(text: string): string[] {
  return text.split(/(?<=[.;])\s+/).filter(Boolean);
}
