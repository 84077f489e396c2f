import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseEvidence, type Evidence } from '../../../claims/evidence.ts';
import { LONG } from '../../../claims/evidence-file.ts';
import { stateOf } from '../../../claims/state.ts';
import { readHosts, type HostFault } from '../../../claims/hosts.ts';
import { readRecords, type DecisionRecord, type Source } from '../../../records/record.ts';
import { ownFiles } from '../../../spike/own-files.ts';

/** The file `claims/<claim>.claim.ts`. */
export interface Spec extends Source {
  claim: string;
}

/** A file under `evidence/`. */
export interface EvidenceFile extends Source {
  /** From the file's name. */
  claim: string;
  /** Of another host, or of a long run: it speaks for the commit that it names, and is never stale. */
  kept: boolean;
  /** Absent when the file cannot be read; then `fault` says why. */
  evidence?: Evidence;
  fault?: string;
  stale: boolean;
}

/** All that the gates look at. */
export interface Project {
  records: DecisionRecord[];
  specs: Spec[];
  /** Of the pinned host, its long runs, and of other hosts as far as it can be read. */
  evidence: EvidenceFile[];
  /** The sources of the world module. */
  world: Source[];
  hostFaults: HostFault[];
}

export function readProject(root: string): Project {
  const hostFaults = readHosts(root).faults;
  const isFaulty = ({ path }: Source) => hostFaults.some(({ file }) => path === file || path.startsWith(`${file}/`));
  return {
    records: readRecords(root),
    specs: read(root, 'claims/*.claim.ts').map((source) => ({ ...source, claim: basename(source.path, '.claim.ts') })),
    world: read(root, 'spike/world/src/**/*.rs'),
    evidence: [
      ...read(root, 'evidence/*.json'),
      ...read(root, `${LONG}/*.json`),
      ...read(root, 'evidence/hosts/**/*.json').filter((source) => !isFaulty(source)),
    ].map((source) => readEvidenceFile(root, source)),
    hostFaults,
  };
}

function read(root: string, pattern: string): Source[] {
  return ownFiles(root, pattern).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

function readEvidenceFile(root: string, source: Source): EvidenceFile {
  const file = {
    ...source,
    claim: basename(source.path, '.json'),
    kept: ['evidence/hosts/', LONG].some((folder) => source.path.startsWith(folder)),
  };
  try {
    const evidence = parseEvidence(source.text);
    return { ...file, evidence, stale: !file.kept && stateOf(root, evidence) === 'stale' };
  } catch (error) {
    return { ...file, fault: error instanceof Error ? error.message : String(error), stale: false };
  }
}
