import { readEvidence, type Evidence } from '../../claims/evidence.ts';

/** What is filed of a claim; nothing where no file can be read, be it that none is there or that another schema wrote it. */
export function lastEvidence(root: string, claim: string, folder?: string): Evidence | undefined {
  try {
    return readEvidence(root, claim, folder);
  } catch {
    return undefined;
  }
}
