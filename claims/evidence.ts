import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { COMMON_SOURCES, hashSources, NoSource } from './sources.ts';

/** What a reader sees beside a sentence. `stale` is never written: it follows from the sources as they are now. */
export const STATES = ['holds', 'fails', 'inconclusive', 'stale', 'not measured'] as const;
export type State = (typeof STATES)[number];

/**
 * Which part of an experiment a figure belongs to: the mechanism under test, the same run without the load
 * (where the claim is a comparison), or the run in which the mechanism is broken on purpose.
 */
const Arm = z.enum(['subject', 'baseline', 'control']);

const Check = z.strictObject({
  arm: Arm,
  /** `distribution.quantile` or a count, e.g. `lateness.p99`; the anchor that a citation points at. */
  name: z.string().regex(/^[a-z][\w.-]*$/),
  says: z.string(),
  value: z.number(),
  unit: z.string(),
  comparison: z.enum(['at most', 'at least', 'exactly']),
  limit: z.number(),
  /** No machine can be so busy that it excuses the figure: it decides on an overloaded one too. */
  timeless: z.boolean(),
  /** Quick runs do not gate on absolute times, because they share the machine with other tests. */
  gates: z.boolean(),
  ok: z.boolean(),
  /** The same figure in each round, so that a reader sees the spread. */
  rounds: z.array(z.number()),
});
export type Check = z.infer<typeof Check>;

/** What a citation of the figure ends in, after `#`. */
export function anchorOf({ arm, name }: Pick<Check, 'arm' | 'name'>): string {
  return arm === 'subject' ? name : `${arm}.${name}`;
}

function haveOwnAnchors(checks: Check[]): boolean {
  return new Set(checks.map(anchorOf)).size === checks.length;
}

const Distribution = z.strictObject({
  arm: Arm,
  label: z.string(),
  name: z.string(),
  unit: z.string(),
  n: z.int().positive(),
  p50: z.number(),
  p90: z.number(),
  p99: z.number(),
  max: z.number(),
  /** The quantile function at 0 %, 1 %, … 100 %: enough to draw the whole distribution. */
  quantiles: z.array(z.number()).length(101),
});
export type Distribution = z.infer<typeof Distribution>;

const Tally = z.strictObject({
  arm: Arm,
  label: z.string(),
  /** How often each outcome was seen, e.g. `{ refused: 20, committed: 0 }`. */
  outcomes: z.record(z.string(), z.int().nonnegative()),
});
export type Tally = z.infer<typeof Tally>;

const Provenance = z.strictObject({
  host: z.string(),
  sdk: z.string(),
  modules: z.strictObject({ production: z.string(), lab: z.string() }),
  commit: z.string(),
  dirty: z.boolean(),
  cpu: z.string(),
  cores: z.int().positive(),
  memoryGiB: z.number(),
  os: z.string(),
  node: z.string(),
  /** One-minute load average before and after, and the worst delay of a 10 ms timer in a process of its own. */
  load: z.strictObject({
    before: z.number(),
    after: z.number(),
    heartbeatP99Ms: z.number(),
    heartbeatMaxMs: z.number(),
  }),
  startedAt: z.iso.datetime(),
  seconds: z.number(),
  mode: z.enum(['quick', 'full']),
  command: z.string(),
});
export type Provenance = z.infer<typeof Provenance>;

const FOLDER = 'evidence';
const GENERATED = 'by claims/harness from a run; do not edit';

const Run = z.strictObject({
  generated: z.literal(GENERATED),
  claim: z.string(),
  verdict: z.enum(['holds', 'fails', 'inconclusive']),
  /** Why the verdict is not `holds`; empty when it is. */
  reason: z.string(),
  /** The few words on the chip, e.g. `p99 2.4 ms of 10 ms`. */
  headline: z.string(),
  kind: z.enum(['measured', 'checked', 'finding']),
  why: z.string(),
  method: z.string(),
  control: z.string(),
  checks: z.array(Check).min(1).refine(haveOwnAnchors, 'two checks of one arm have the same name'),
  distributions: z.array(Distribution),
  tallies: z.array(Tally),
  provenance: Provenance,
  sources: z.strictObject({ sha256: z.string(), patterns: z.array(z.string()).min(1) }),
});
export type Run = z.infer<typeof Run>;

const NotRun = z.strictObject({
  generated: z.literal(GENERATED),
  claim: z.string(),
  verdict: z.literal('not measured'),
  reason: z.string(),
  /** Its experiment is still to be written, or the machine that tried does not allow it. */
  because: z.enum(['planned', 'machine']),
  /** The version of the host that it was tried on; none where nothing was tried. */
  host: z.string().optional(),
});

/** One file `evidence/<claim>.json`: what a run of the claim printed, or why there is no run yet. */
export const Evidence = z.discriminatedUnion('verdict', [Run, NotRun]);
export type Evidence = z.infer<typeof Evidence>;

export const generated = GENERATED;

/**
 * Reads what an evidence file holds.
 * @throws Error naming every field that is wrong
 */
export function parseEvidence(text: string): Evidence {
  const parsed = Evidence.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return parsed.data;
}

/**
 * Reads one evidence file.
 * @param folder where it lies below `root`; other hosts have their own, `evidence/hosts/<version>`
 * @throws Error naming the file and every field that is wrong.
 */
export function readEvidence(root: string, claim: string, folder = FOLDER): Evidence {
  const file = `${folder}/${claim}.json`;
  const evidence = parseFile(join(root, file), file);
  if (evidence.claim !== claim) throw new Error(`${file}: holds the claim "${evidence.claim}"`);
  return evidence;
}

function parseFile(path: string, file: string): Evidence {
  try {
    return parseEvidence(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** The ids that have an evidence file, sorted. */
export function listEvidence(root: string): string[] {
  return readdirSync(join(root, FOLDER))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
}

/** The state a reader must see: the verdict, unless what it was measured on has changed since. */
export function stateOf(root: string, evidence: Evidence): State {
  if (evidence.verdict === 'not measured') return 'not measured';
  return isFresh(root, evidence.sources) ? evidence.verdict : 'stale';
}

/** Sources that are gone have changed, and so has what every claim depends on when that has grown since the run. */
function isFresh(root: string, { sha256, patterns }: Run['sources']): boolean {
  if (!COMMON_SOURCES.every((pattern) => patterns.includes(pattern))) return false;
  try {
    return hashSources(root, patterns) === sha256;
  } catch (error) {
    if (error instanceof NoSource) return false;
    throw error;
  }
}
