import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseEvidence, stateOf, type Evidence } from '../../claims/evidence.ts';

/** A file as the gates see it; nothing behind them reads from the disk. */
export interface Source {
  /** Relative to the project's folder. */
  path: string;
  text: string;
}

/** The file `claims/<claim>.spec.ts`. */
export interface Spec extends Source {
  claim: string;
}

/** A file under `evidence/`. */
export interface EvidenceFile extends Source {
  /** From the file's name. */
  claim: string;
  /** `other` is evidence of a host that is not the pinned one. */
  host: 'pinned' | 'other';
  /** Absent when the file cannot be read; then `fault` says why. */
  evidence?: Evidence;
  fault?: string;
  stale: boolean;
}

/** All that the gates look at. */
export interface Project {
  records: Source[];
  specs: Spec[];
  evidence: EvidenceFile[];
  /** The sources of the world module. */
  world: Source[];
}

export function readProject(root: string): Project {
  return {
    records: readRecords(root),
    specs: read(root, 'claims/*.spec.ts').map((source) => ({ ...source, claim: basename(source.path, '.spec.ts') })),
    evidence: read(root, 'evidence/**/*.json').map((source) => readEvidenceFile(root, source)),
    world: read(root, 'spike/world/src/**/*.rs'),
  };
}

/** Every Markdown file in the folder of records. */
export function readRecords(root: string): Source[] {
  return read(root, 'adr/*.md');
}

function read(root: string, pattern: string): Source[] {
  return globSync(pattern, { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

function readEvidenceFile(root: string, source: Source): EvidenceFile {
  const file = {
    ...source,
    claim: basename(source.path, '.json'),
    host: source.path.startsWith('evidence/hosts/') ? 'other' : 'pinned',
  } as const;
  try {
    const evidence = parseEvidence(source.text);
    return { ...file, evidence, stale: stateOf(root, evidence) === 'stale' };
  } catch (error) {
    return { ...file, fault: error instanceof Error ? error.message : String(error), stale: false };
  }
}
