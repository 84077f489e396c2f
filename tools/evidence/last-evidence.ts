import type { Evidence } from '../../claims/evidence.ts';
import { readEvidence } from '../../claims/evidence-file.ts';

/** The evidence that is filed for a claim; nothing if there is no file or it cannot be read. */
export function lastEvidence(root: string, claim: string, folder?: string): Evidence | undefined {
  try {
    return readEvidence(root, claim, folder);
  } catch {
    return undefined;
  }
}
