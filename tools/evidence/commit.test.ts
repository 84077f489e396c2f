import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'playwright/test';
import { someCheck, someRun } from '../../claims/evidence.fixture.ts';
import { nameOf } from './commit.ts';

const tsx = resolve('node_modules/tsx/dist/cli.mjs');

const [, control = someCheck()] = someRun('tick').checks;

test.skip(spawnSync('git', ['--version']).status !== 0, 'there is no git to make commits with');

let root: string;
test.beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spellkave-diff-'));
  mkdirSync(join(root, 'evidence/hosts/2.8.3'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{}');
});
test.afterEach(() => rmSync(root, { recursive: true }));

const write = (file: string, evidence: unknown) =>
  writeFileSync(join(root, 'evidence', file), JSON.stringify(evidence));

function commit(): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'ignore' });
  git('init');
  git('add', '.');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '-m', 'evidence', '--no-gpg-sign');
}

function diff(...args: string[]) {
  const command = [tsx, resolve('tools/evidence/claims-diff.ts'), ...args];
  return spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
}

test('compares the working tree with a commit, for the pinned host and for others', () => {
  write('tick.json', someRun('tick'));
  write('old.json', { claim: 'old', verdict: 'green' });
  write('hosts/2.8.3/tick.json', someRun('tick'));
  commit();
  expect(diff('HEAD').stderr).toContain('evidence/old.json: ');

  write('old.json', someRun('old'));
  write('tick.json', someRun('tick', { checks: [someCheck({ value: 9, rounds: [8, 9, 10] }), control] }));
  write('hosts/2.8.3/tick.json', someRun('tick', { verdict: 'inconclusive' }));
  const { status, stdout } = diff('HEAD');
  expect(status).toBe(0);
  expect(stdout.replaceAll(/ +/g, ' ').split('\n')).toEqual([
    '| Claim | Figure | Before | After | Judgement |',
    expect.stringMatching(/^\| -+ \|/),
    '| tick on 2.8.3 | verdict | holds, p99 3.1 ms of 10 ms | inconclusive, p99 3.1 ms of 10 ms | verdict changed |',
    '| old | verdict | – | holds, p99 3.1 ms of 10 ms | new |',
    '| tick | Lateness p99 | 3.095 ms | 9 ms | worse |',
    '',
    'In HEAD these have a schema that cannot be read, so they are shown as new: old.',
    '',
  ]);
});

test('warns in the first line that the experiment changed, and then judges none of its figures', () => {
  const run = (commit: string) =>
    readFileSync(resolve('tools/evidence/fixtures', commit, 'reducer-budget.json'), 'utf8');
  writeFileSync(join(root, 'evidence/reducer-budget.json'), run('93116d6'));
  commit();
  writeFileSync(join(root, 'evidence/reducer-budget.json'), run('d8628f3'));
  const { status, stdout } = diff('HEAD');
  expect(status).toBe(0);
  const [first, ...rest] = stdout.replaceAll(/ +/g, ' ').split('\n');
  expect(first).toBe(
    '**Warning: the experiment of reducer-budget changed** (method, workload, figures, limits), so its figures are not judged.',
  );
  expect(rest).toContain('- workload − subject: the tick, 1,000 of 10,000 act');
  expect(rest).toContain('| reducer-budget | Time of `tick`, p99 | 9.309 ms | 2.946 ms | not comparable |');
  expect(stdout).not.toMatch(/\| (better|worse|noise) +\|/);
});

test('names a commit that does not exist in one sentence', () => {
  write('tick.json', someRun('tick'));
  commit();
  expect(diff('HEAD').stdout).toBe('No evidence has changed since HEAD.\n');
  const { status, stderr } = diff('nowhere');
  expect(status).toBe(2);
  expect(stderr).toBe(
    'There is no commit "nowhere" here: name a branch, a tag or a hash, and fetch it where it is missing.\n',
  );
});

test('says what is missing outside a checkout', () => {
  const { status, stderr } = diff('HEAD');
  expect([status, stderr]).toEqual([
    2,
    'Evidence is compared with a commit, but this folder is not a git checkout: clone the repository.\n',
  ]);
});

test('a file is named by its claim and, for another host, by that host', () => {
  expect(nameOf('evidence/tick.json')).toBe('tick');
  expect(nameOf('evidence/hosts/2.8.3/tick.json')).toBe('tick on 2.8.3');
  expect(nameOf('evidence/hosts/2.8.3/pinned/tick.json')).toBe('tick, pinned next to 2.8.3');
});
