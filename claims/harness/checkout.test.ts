import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { checkoutAt, knownCheckout } from './checkout.ts';

test.skip(spawnSync('git', ['--version']).status !== 0, 'there is no git to make checkouts with');

let folder: string;
let root: string;
const inherited = { ...process.env };
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spellkave-checkout-'));
  root = join(folder, 'project');
  mkdirSync(join(root, 'evidence'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{}');
  // Git looks for a repository in the folders above too.
  process.env['GIT_CEILING_DIRECTORIES'] = folder;
});
test.afterEach(() => {
  for (const name of ['PATH', 'GIT_CEILING_DIRECTORIES', 'GIT_TEST_ASSUME_DIFFERENT_OWNER', 'GIT_DIR'])
    if (inherited[name] === undefined) delete process.env[name];
    else process.env[name] = inherited[name];
  rmSync(folder, { recursive: true });
});

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
function commit(cwd: string, ...files: string[]): string {
  git(cwd, 'init', '--quiet');
  git(cwd, 'add', ...files);
  git(
    cwd,
    '-c',
    'user.name=a',
    '-c',
    'user.email=a@example.org',
    'commit',
    '--allow-empty',
    '--no-gpg-sign',
    '-m',
    'a',
  );
  return git(cwd, 'rev-parse', 'HEAD');
}
const unknownBecause = (reason: string) => ({ commit: 'unknown', dirty: true, reason });

test('names the commit, and whether anything but evidence differs from it', () => {
  const head = commit(root, '.');
  writeFileSync(join(root, 'evidence/a.json'), '{}');
  expect(checkoutAt(root)).toEqual({ commit: head, dirty: false });
  writeFileSync(join(root, 'new.ts'), '');
  expect(checkoutAt(root)).toEqual({ commit: head, dirty: true });
});

test('names the commit of a shallow clone, and of a worktree', () => {
  const head = commit(root, '.');
  git(folder, 'clone', '--quiet', '--depth', '1', `file://${root}`, 'shallow');
  expect(checkoutAt(join(folder, 'shallow'))).toEqual({ commit: head, dirty: false });
  git(root, 'worktree', 'add', '--quiet', '../tree');
  expect(checkoutAt(join(folder, 'tree'))).toEqual({ commit: head, dirty: false });
});

test('does not know the commit of an unpacked archive', () => {
  expect(checkoutAt(root)).toEqual(unknownBecause('this folder is not a git checkout: clone the repository'));
});

test('does not know the commit of a copy that lies in another repository', () => {
  process.env['GIT_CEILING_DIRECTORIES'] = tmpdir();
  writeFileSync(join(folder, 'notes'), '');
  commit(folder, 'notes');
  expect(checkoutAt(root)).toEqual(
    unknownBecause('the git repository around this folder does not track it: clone the repository'),
  );
});

test('does not know the commit of a worktree that was copied without its repository', () => {
  commit(root, '.');
  git(root, 'worktree', 'add', '--quiet', '../tree');
  cpSync(join(folder, 'tree'), join(folder, 'copy'), { recursive: true });
  rmSync(root, { recursive: true });
  expect(checkoutAt(join(folder, 'copy'))).toEqual(
    unknownBecause('this folder is not a git checkout: clone the repository'),
  );
});

test('does not know a commit before the first one', () => {
  git(root, 'init', '--quiet');
  expect(checkoutAt(root)).toEqual(unknownBecause('this git repository has no commit yet: commit the code first'));
});

test('does not know the commit of a repository that is damaged', () => {
  commit(root, '.');
  writeFileSync(join(root, '.git/config'), '[core');
  const { commit: unknown, reason } = checkoutAt(root);
  expect([unknown, reason]).toEqual([
    'unknown',
    expect.stringMatching(/^git cannot read this checkout \(bad config.*\):/),
  ]);
});

test('does not know the commit of a folder that another user owns', () => {
  commit(root, '.');
  process.env['GIT_TEST_ASSUME_DIFFERENT_OWNER'] = '1';
  expect(checkoutAt(root).reason).toBe(
    `git does not trust this folder, because another user owns it: run \`git config --global --add safe.directory ${root}\``,
  );
});

test('does not know the commit without git, or with a git that cannot run', () => {
  commit(root, '.');
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  process.env['PATH'] = bin;
  expect(checkoutAt(root)).toEqual(unknownBecause('there is no git on this machine: install it'));
  writeFileSync(join(bin, 'git'), '#!/bin/sh\necho "xcrun: error: invalid active developer path" >&2\nexit 1\n');
  chmodSync(join(bin, 'git'), 0o755);
  expect(checkoutAt(root).commit).toBe('unknown');
});

test('a run for the record insists on a commit, in one sentence', () => {
  expect(() => knownCheckout(root)).toThrow(
    'Evidence names the commit that was measured, but this folder is not a git checkout: clone the repository.',
  );
  const head = commit(root, '.');
  expect(knownCheckout(root)).toEqual({ commit: head, dirty: false });
});
