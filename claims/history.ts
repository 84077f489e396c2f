import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { anchorOf } from './check.ts';
import type { Run } from './evidence.ts';

const FOLDER = 'history';
const SCHEMA = 1;

/** One full run on the pinned host, in short: one line of `evidence/history/<claim>.ndjson`. */
const Entry = z.strictObject({
  schema: z.literal(SCHEMA),
  claim: z.string(),
  date: z.iso.datetime(),
  verdict: z.enum(['holds', 'fails', 'inconclusive']),
  commit: z.string(),
  dirty: z.boolean(),
  host: z.string(),
  machine: z.strictObject({
    cpu: z.string(),
    cores: z.int().positive(),
    memoryGiB: z.number(),
    os: z.string(),
    node: z.string(),
  }),
  /** The hash of the experiment: figures of two entries are comparable only where this is the same. */
  experiment: z.string(),
  figures: z.array(
    z.strictObject({
      /** As a citation names it, e.g. `control.missed`. */
      anchor: z.string(),
      unit: z.string(),
      value: z.number(),
      rounds: z.array(z.number()),
      comparison: z.enum(['at most', 'at least', 'exactly']),
      limit: z.number(),
    }),
  ),
});
export type HistoryEntry = z.infer<typeof Entry>;

/** What the history keeps of a run. */
export function historyEntryOf(run: Run): HistoryEntry {
  const { claim, verdict, provenance } = run;
  const { startedAt, commit, dirty, host, cpu, cores, memoryGiB, os, node } = provenance;
  return {
    schema: SCHEMA,
    claim,
    date: startedAt,
    verdict,
    commit,
    dirty,
    host,
    machine: { cpu, cores, memoryGiB, os, node },
    experiment: run.experiment ?? '',
    figures: run.checks.map((check) => {
      const { unit, value, rounds, comparison, limit } = check;
      return { anchor: anchorOf(check), unit, value, rounds, comparison, limit };
    }),
  };
}

/** Adds a run to the history of its claim. @param evidence the folder `evidence` */
export function appendHistory(evidence: string, run: Run): void {
  mkdirSync(join(evidence, FOLDER), { recursive: true });
  appendFileSync(fileOf(evidence, run.claim), `${JSON.stringify(historyEntryOf(run))}\n`);
}

/**
 * The full runs of a claim on the pinned host, oldest first; none where nobody has measured it since there is a history.
 * @param evidence the folder `evidence`
 * @throws Error naming the file, the line and every field that is wrong
 */
export function readHistory(evidence: string, claim: string): HistoryEntry[] {
  const file = fileOf(evidence, claim);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) => (line.trim() ? [parseLine(line, `${file}:${index + 1}`)] : []));
}

function parseLine(line: string, where: string): HistoryEntry {
  try {
    const parsed = Entry.safeParse(JSON.parse(line));
    if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
    return parsed.data;
  } catch (error) {
    throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function fileOf(evidence: string, claim: string): string {
  return join(evidence, FOLDER, `${claim}.ndjson`);
}
