import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'playwright/test';
import { someCheck, someRun } from '../../claims/evidence.fixture.ts';
import { nameOf } from './commit.ts';

const tsx = resolve('node_modules/tsx/dist/cli.mjs');

let root: string;
test.beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spellkave-diff-'));
  mkdirSync(join(root, 'evidence/hosts/2.8.3'), { recursive: true });
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
  const command = [tsx, resolve('tools/claims-diff.ts'), ...args];
  return spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
}

test('the working tree is compared with a commit, other hosts beside the pinned one', () => {
  write('tick.json', someRun('tick'));
  write('old.json', { claim: 'old', verdict: 'green' });
  write('hosts/2.8.3/tick.json', someRun('tick'));
  commit();
  expect(diff('HEAD').stderr).toContain('evidence/old.json: ');

  write('old.json', someRun('old'));
  write('tick.json', someRun('tick', { checks: [someCheck({ value: 9, rounds: [8, 9, 10] })] }));
  write('hosts/2.8.3/tick.json', someRun('tick', { verdict: 'inconclusive' }));
  const { status, stdout } = diff('HEAD');
  expect(status).toBe(0);
  expect(stdout.replaceAll(/ +/g, ' ').split('\n')).toEqual([
    '| Claim | Figure | Before | After | Judgement |',
    expect.stringMatching(/^\| -+ \|/),
    '| tick on 2.8.3 | verdict | holds, p99 3.1 ms of 10 ms | inconclusive, p99 3.1 ms of 10 ms | verdict changed |',
    '| tick | Lateness p99 (control) | 150 ms | – | gone |',
    '| old | verdict | – | holds, p99 3.1 ms of 10 ms | new |',
    '| tick | Lateness p99 | 3.095 ms | 9 ms | worse |',
    '',
    'In HEAD another schema wrote old: shown as new, not compared.',
    '',
  ]);
});

test('a commit that is not there is named in one sentence', () => {
  write('tick.json', someRun('tick'));
  commit();
  expect(diff('HEAD').stdout).toBe('No evidence has changed since HEAD.\n');
  const { status, stderr } = diff('nowhere');
  expect(status).toBe(2);
  expect(stderr).toBe(
    'There is no commit "nowhere" here: name a branch, a tag or a hash, and fetch it where it is missing.\n',
  );
});

test('a file is named by its claim and, for another host, by that host', () => {
  expect(nameOf('evidence/tick.json')).toBe('tick');
  expect(nameOf('evidence/hosts/2.8.3/tick.json')).toBe('tick on 2.8.3');
  expect(nameOf('evidence/hosts/2.8.3/pinned/tick.json')).toBe('tick, pinned next to 2.8.3');
});
