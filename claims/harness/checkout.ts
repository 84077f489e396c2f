import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const UNKNOWN = 'unknown';

/** Which commit the sources are at. */
export interface Checkout {
  /** The full hash, or `unknown`. */
  commit: string;
  /** Whether files other than evidence differ from the commit. True too where git cannot tell. */
  dirty: boolean;
  /** Why the commit is unknown, and the way out; completes the sentence "…, but REASON." */
  reason?: string;
}

const TIMEOUT_MS = 30_000;

/** Asks git about a folder. Never throws: an archive without git, a missing git and an empty repository are answers too. */
export function checkoutAt(root: string): Checkout {
  const inside = git(root, 'rev-parse', '--is-inside-work-tree');
  if (inside.output !== 'true') return unknown(inside.missing ? NO_GIT : reasonOf(inside.fault, root));
  // A copy inside somebody else's repository, such as a home folder under git, is not at that repository's commit.
  if (!git(root, 'ls-files', '--error-unmatch', 'package.json').ok && hasCommit(root))
    return unknown('the git repository around this folder does not track it: clone the repository');
  const head = git(root, 'rev-parse', '--verify', 'HEAD');
  if (!head.ok) return unknown('this git repository has no commit yet: commit the code first');
  const status = git(root, 'status', '--porcelain', '--', '.', ':!evidence');
  return { commit: head.output, dirty: !status.ok || status.output !== '' };
}

/**
 * The checkout of a run for the record.
 * @throws Error with one sentence, when its commit is unknown
 */
export function knownCheckout(root: string): Checkout {
  const checkout = checkoutAt(root);
  if (checkout.reason) throw new Error(`Evidence names the commit that was measured, but ${checkout.reason}.`);
  return checkout;
}

const NO_GIT = 'there is no git on this machine: install it';

const unknown = (reason: string): Checkout => ({ commit: UNKNOWN, dirty: true, reason });

const hasCommit = (root: string) => git(root, 'rev-parse', '--verify', 'HEAD').ok;

function reasonOf(fault: string, root: string): string {
  const [line = ''] = fault.replace(/^(fatal|error): /, '').split('\n');
  if (/dubious ownership|unsafe repository/.test(fault)) {
    const [, folder = resolve(root)] = /--add safe\.directory (.+)/.exec(fault) ?? [];
    return `git does not trust this folder, because another user owns it: run \`git config --global --add safe.directory ${folder}\``;
  }
  if (/not a git repository/i.test(fault) || line === '')
    return 'this folder is not a git checkout: clone the repository';
  return `git cannot read this checkout (${line}): repair it, or clone the repository`;
}

interface Answer {
  ok: boolean;
  output: string;
  fault: string;
  /** There is no program called git. */
  missing: boolean;
}

function git(root: string, ...args: string[]): Answer {
  // Without optional locks git also answers on a read-only disk, and never disturbs a git command of the user.
  const { status, stdout, stderr, error } = spawnSync('git', ['--no-optional-locks', ...args], {
    cwd: root,
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
    env: { ...process.env, LC_ALL: 'C' },
  });
  const missing = error !== undefined && status === null && 'code' in error && error.code !== 'ETIMEDOUT';
  return { ok: status === 0, output: (stdout ?? '').trim(), fault: (stderr ?? '').trim(), missing };
}
