import { execFileSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { parseEvidence, type Evidence } from '../../claims/evidence.ts';
import { readEvidence } from '../../claims/evidence-file.ts';
import { checkoutAt } from '../../claims/harness/checkout.ts';
import { ownFiles } from '../../spike/own-files.ts';

const FOLDER = 'evidence';

/** Evidence by its file, e.g. `evidence/hosts/2.8.3/tick-cadence.json`; nothing where its schema cannot be read. */
export type EvidenceByFile = Map<string, Evidence | undefined>;

/**
 * The evidence in the working tree.
 * @throws Error naming a file that does not fit the schema
 */
export function evidenceNow(root: string): EvidenceByFile {
  const files = ownFiles(root, `${FOLDER}/**/*.json`);
  return new Map(files.map((file) => [file, readEvidence(root, basename(file, '.json'), dirname(file))]));
}

/**
 * The evidence of a commit.
 * @throws Error with one sentence, when there is no such commit here
 */
export function evidenceAt(root: string, commit: string): EvidenceByFile {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 28 });
  let hash: string;
  try {
    hash = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}^{commit}`).trim();
  } catch {
    const { reason } = checkoutAt(root);
    if (reason) throw new Error(`Evidence is compared with a commit, but ${reason}.`);
    throw new Error(
      `There is no commit "${commit}" here: name a branch, a tag or a hash, and fetch it where it is missing.`,
    );
  }
  const files = git('ls-tree', '-r', '--name-only', '-z', hash, '--', `${FOLDER}/`).split('\0');
  return new Map(
    files.filter((file) => file.endsWith('.json')).map((file) => [file, tryParse(git('show', `${hash}:./${file}`))]),
  );
}

function tryParse(text: string): Evidence | undefined {
  try {
    return parseEvidence(text);
  } catch {
    return undefined;
  }
}

const FILE = /^evidence\/(?:hosts\/(?<host>[^/]+)\/(?<pinned>pinned\/)?)?(?<claim>[^/]+)\.json$/;

/** The claim of a file; for another host, also its version, or that it is the pinned host on the same machine. */
export function nameOf(file: string): string {
  const { host, pinned, claim = file } = FILE.exec(file)?.groups ?? {};
  if (!host) return claim;
  return pinned ? `${claim}, pinned next to ${host}` : `${claim} on ${host}`;
}
