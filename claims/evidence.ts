import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { COMMON_SOURCES, hashSources, NoSource } from './sources.ts';

/** What a reader sees next to a sentence. `stale` is never written: it follows from the sources as they are now. */
export const STATES = ['holds', 'fails', 'inconclusive', 'stale', 'not measured'] as const;
export type State = (typeof STATES)[number];

/**
 * The form of the evidence files that are written from now on. Schema 1, the form of commit dd0ff54, has no number. It
 * stays readable and is never converted on disk, because evidence of another host cannot be measured again.
 */
export const SCHEMA = 2;

/**
 * Which part of an experiment a figure belongs to: the mechanism under test, the same run without the load
 * (where the claim is a comparison), or the run in which the mechanism is broken on purpose.
 */
const Arm = z.enum(['subject', 'baseline', 'control']);
export type Arm = z.infer<typeof Arm>;

const Figure = {
  arm: Arm,
  /** `distribution.quantile` or a count, e.g. `lateness.p99`; the anchor that a citation points at. */
  name: z.string().regex(/^[a-z][\w.-]*$/),
  value: z.number(),
  unit: z.string(),
  comparison: z.enum(['at most', 'at least', 'exactly']),
  limit: z.number(),
  ok: z.boolean(),
  /** The same figure in each round: the spread, and the worst round, come from these. */
  rounds: z.array(z.number()),
};
const Check = z.strictObject({
  ...Figure,
  /** The figure in words. */
  label: z.string(),
  /** Load does not excuse this check; it counts even on an overloaded machine. */
  loadProof: z.boolean(),
  /** Whether the check decides. In a quick run absolute times do not, because they share the machine with other tests. */
  gating: z.boolean(),
});
export type Check = z.infer<typeof Check>;

const Check1 = z
  .strictObject({ ...Figure, says: z.string(), timeless: z.boolean(), gates: z.boolean() })
  .transform(({ says, timeless, gates, ...figure }): Check => ({
    ...figure,
    label: says,
    loadProof: timeless,
    gating: gates,
  }));

/** What a citation of the figure ends in, after `#`. */
export function anchorOf({ arm, name }: Pick<Check, 'arm' | 'name'>): string {
  return arm === 'subject' ? name : `${arm}.${name}`;
}

function haveOwnAnchors(checks: Check[]): boolean {
  return new Set(checks.map(anchorOf)).size === checks.length;
}

const Summary = { n: z.int().positive(), p50: z.number(), p90: z.number(), p99: z.number(), max: z.number() };
const Curve = {
  arm: Arm,
  label: z.string(),
  name: z.string(),
  unit: z.string(),
  ...Summary,
  /** The quantile function at 0 %, 1 %, … 100 %: enough to draw the whole distribution. */
  quantiles: z.array(z.number()).length(101),
};
const Distribution = z.strictObject({
  ...Curve,
  /** The same summary of each round; empty in schema 1, which did not keep it. */
  rounds: z.array(z.strictObject(Summary)),
});
export type Distribution = z.infer<typeof Distribution>;

const Distribution1 = z.strictObject(Curve).transform((curve): Distribution => ({ ...curve, rounds: [] }));

const Tally = z.strictObject({
  arm: Arm,
  label: z.string(),
  /** How often each outcome was seen, e.g. `{ refused: 20, committed: 0 }`. */
  outcomes: z.record(z.string(), z.int().nonnegative()),
});
export type Tally = z.infer<typeof Tally>;

/** How late a 10 ms timer in a separate process was. */
const Pulse = z.strictObject({ p99Ms: z.number(), maxMs: z.number() });
export type Pulse = z.infer<typeof Pulse>;

/** One-minute load average before and after the run, and the heartbeat while the experiment ran. */
const Load = {
  before: z.number(),
  after: z.number(),
  heartbeatP99Ms: z.number(),
  heartbeatMaxMs: z.number(),
};
const Origin = {
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
  startedAt: z.iso.datetime(),
  seconds: z.number(),
  mode: z.enum(['quick', 'full']),
  command: z.string(),
};
const Provenance = z.strictObject({
  ...Origin,
  load: z.strictObject({
    ...Load,
    /** The heartbeat while the experiment idled. Only this load, which it did not cause, makes a run inconclusive. */
    idle: z.strictObject({ before: Pulse, after: Pulse }),
  }),
});
const Provenance1 = z.strictObject({ ...Origin, load: z.strictObject(Load) });
type Idle = z.infer<typeof Provenance>['load']['idle'];

/** Schema 1 did not measure the load of the idle experiment. */
export type Provenance = Omit<z.infer<typeof Provenance>, 'load'> & {
  load: z.infer<typeof Provenance1>['load'] & { idle?: Idle };
};

const FOLDER = 'evidence';
const GENERATED = 'by claims/harness from a run; do not edit';
const SAME_NAME = 'two checks of one arm have the same name';

const Story = {
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
  tallies: z.array(Tally),
  /** The hash of all that the claim depends on, and the globs from which `claims/sources.ts` finds it. */
  sources: z.strictObject({ sha256: z.string(), patterns: z.array(z.string()).min(1) }),
};
const Run2 = z.strictObject({
  schema: z.literal(SCHEMA),
  ...Story,
  set: z.string(),
  /** The hash of the experiment itself: its spec and the instruments it uses, but not what it measures. */
  experiment: z.string(),
  checks: z.array(Check).min(1).refine(haveOwnAnchors, SAME_NAME),
  distributions: z.array(Distribution),
  provenance: Provenance,
});

/** What a run found, whatever the schema of its file. */
export type Run = Omit<z.infer<typeof Run2>, 'schema' | 'experiment' | 'provenance'> & {
  schema: 1 | typeof SCHEMA;
  /** Absent in schema 1. */
  experiment?: string;
  provenance: Provenance;
};

const Run1 = z
  .strictObject({
    ...Story,
    checks: z.array(Check1).min(1).refine(haveOwnAnchors, SAME_NAME),
    distributions: z.array(Distribution1),
    provenance: Provenance1,
  })
  .transform((run): Run => ({ schema: 1, set: 'core', ...run }));

const Absence = {
  generated: z.literal(GENERATED),
  claim: z.string(),
  verdict: z.literal('not measured'),
  reason: z.string(),
  /** Its experiment is still to be written, or the machine that tried does not allow it. */
  because: z.enum(['planned', 'machine']),
  /** The version of the host that it was tried on; none where nothing was tried. */
  host: z.string().optional(),
};
const NotRun2 = z.strictObject({ schema: z.literal(SCHEMA), ...Absence });
type NotRun = Omit<z.infer<typeof NotRun2>, 'schema'> & { schema: Run['schema'] };
const NotRun1 = z.strictObject(Absence).transform((absence): NotRun => ({ schema: 1, ...absence }));

/** One file `evidence/<claim>.json`: what a run of the claim found, or why there is no run yet. */
export type Evidence = Run | NotRun;

const FORMS: Record<Run['schema'], z.ZodType<Evidence>> = {
  1: z.discriminatedUnion('verdict', [Run1, NotRun1]),
  [SCHEMA]: z.discriminatedUnion('verdict', [Run2, NotRun2]),
};

export const generated = GENERATED;

/**
 * Reads the text of an evidence file of any schema.
 * @throws Error naming every field that is wrong
 */
export function parseEvidence(text: string): Evidence {
  const found: unknown = JSON.parse(text);
  const parsed = FORMS[schemaOf(found)].safeParse(found);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return parsed.data;
}

function schemaOf(found: unknown): Run['schema'] {
  if (typeof found !== 'object' || found === null || !('schema' in found)) return 1;
  if (found.schema === SCHEMA) return SCHEMA;
  throw new Error(
    `schema ${String(found.schema)} is not known: this checkout reads 1 (without a number) and ${SCHEMA}`,
  );
}

/**
 * Reads one evidence file.
 * @param folder where it lies below `root`; other hosts have their own, `evidence/hosts/<version>`
 * @throws Error naming the file and every field that is wrong
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
  // Schema 1 depended on a list of files that was kept by hand, so nobody can say that nothing has changed.
  if (evidence.schema !== SCHEMA) return 'stale';
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
