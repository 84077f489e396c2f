import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseEvidence, type Evidence } from './evidence.ts';

const FOLDER = 'evidence';
/** Of runs that repeat a claim's experiment many more times than the run for the record does. */
export const LONG = 'evidence/long';

/**
 * Reads one evidence file.
 * @param folder where it lies below `root`; other hosts have their own, `evidence/hosts/<version>`, and so have long runs
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

/** The ids that have an evidence file, sorted; none where that folder is missing. */
export function listEvidence(root: string, folder = FOLDER): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
}
