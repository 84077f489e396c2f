import { SCHEMA, type Evidence, type Run } from './evidence.ts';
import { COMMON_SOURCES, hashSources, NoSource } from './sources.ts';

/** What a reader sees next to a sentence. `stale` is never written: it follows from the sources as they are now. */
export const STATES = ['holds', 'fails', 'inconclusive', 'stale', 'not measured'] as const;
export type State = (typeof STATES)[number];

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
