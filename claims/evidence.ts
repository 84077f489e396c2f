import { z } from 'zod';
import { Check, Check1, haveOwnAnchors } from './check.ts';
import { Condition } from './condition.ts';
import { Distribution, Distribution1, Tally } from './distribution.ts';
import { Provenance, Provenance1 } from './provenance.ts';
import { Exchange } from './transcript.ts';

/**
 * The form of the evidence files that are written from now on. Schema 1, the form of commit dd0ff54, has no number. It
 * stays readable and is never converted on disk, because evidence of another host cannot be measured again.
 */
export const SCHEMA = 2;

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
  /** Absent where everything was measured under one condition. */
  conditions: z.array(Condition).min(1).optional(),
  /** Examples in words. Absent where nobody spoke. */
  transcript: z.array(Exchange).min(1).optional(),
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
