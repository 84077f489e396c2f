import type { Evidence } from '../../../claims/evidence.ts';
import { someRun } from '../../../claims/evidence.fixture.ts';
import { parseRecord } from '../../../records/record.ts';
import type { Gate } from './finding.ts';
import type { EvidenceFile, Project, Spec } from './project.ts';

export const RECORD = 'adr/0001-a-world.md';
export const STATEMENT = 'It ticks. [tick](../evidence/tick.json)';

export const someSpec = (claim: string, text = `claim('${claim}', {});`): Spec => ({
  path: `claims/${claim}.claim.ts`,
  text,
  claim,
});

export function someFile(evidence: Evidence, changes: Partial<EvidenceFile> = {}): EvidenceFile {
  const { claim } = evidence;
  const text = JSON.stringify(evidence, null, 2);
  return { path: `evidence/${claim}.json`, text, claim, kept: false, evidence, stale: false, ...changes };
}

/** A project in which nothing is wrong: one claim, stated by the only line of one record. */
export function someProject(changes: Partial<Project> = {}): Project {
  return {
    records: [parseRecord({ path: RECORD, text: STATEMENT })],
    specs: [someSpec('tick')],
    evidence: [someFile(someRun('tick'))],
    world: [],
    hostFaults: [],
    ...changes,
  };
}

/** A record with these lines after the statement, which is the first. */
export const withLines = (...lines: string[]): Partial<Project> => ({
  records: [parseRecord({ path: RECORD, text: [STATEMENT, ...lines].join('\n') })],
});

/** What a gate finds, as `file:line: what is wrong`. */
export const found = <T>(gate: Gate<T>, project: T): string[] =>
  gate(project).map(({ file, line, wrong }) => `${file}:${line}: ${wrong}`);
