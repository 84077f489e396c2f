import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { expect, test } from 'playwright/test';
import { someRun } from '../../claims/evidence.fixture.ts';

/** Instead of Playwright: "measures" the first spec, then waits for Ctrl-C as the second one would. */
const STAND_IN = `#!/usr/bin/env node
const { writeFileSync } = require('node:fs');
const run = ${JSON.stringify(someRun('a'))};
run.provenance.startedAt = new Date().toISOString();
writeFileSync('evidence/a.json', JSON.stringify(run));
console.log('measuring ' + process.argv.slice(4).join(' '));
process.on('SIGINT', () => process.exit(130));
setTimeout(() => {}, 20_000);
`;

const AUTHOR = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
const hasGit = spawnSync('git', ['--version']).status === 0;

let root: string;
test.beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spellkave-evidence-'));
  const files = {
    'package.json': '{"dependencies":{}}',
    'claims/a.claim.ts': "claim('a', {});",
    'claims/b.claim.ts': "claim('b', { set: 'load' });",
    'evidence/b.json': JSON.stringify(someRun('b')),
    'bin/playwright': STAND_IN,
    'bin/host': "#!/bin/sh\necho 'spacetimedb-standalone 1.2.0'\necho 'spacetimedb tool version 1.2.0'\n",
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
    if (file.startsWith('bin/')) chmodSync(join(root, file), 0o755);
  }
});
test.afterEach(() => rmSync(root, { recursive: true }));

/** Makes the folder a checkout, as a measurement for the record needs it. */
function commit(): void {
  for (const args of [
    ['init', '--quiet'],
    ['add', '.'],
    [...AUTHOR, 'commit', '--no-gpg-sign', '--quiet', '-m', 'a'],
  ])
    execFileSync('git', args, { cwd: root });
}

const command = (...args: string[]) => [
  resolve('node_modules/tsx/dist/cli.mjs'),
  resolve('tools/evidence/main.ts'),
  ...args,
];
const options = () => ({
  cwd: root,
  env: {
    ...process.env,
    PATH: `${join(root, 'bin')}${delimiter}${process.env['PATH']}`,
    SPELLKAVE_HOST: join(root, 'bin/host'),
  },
});
const evidence = (...args: string[]) =>
  spawnSync(process.execPath, command(...args), { ...options(), encoding: 'utf8' });

test('an unknown set or claim ends the command before anything is measured, and names those that exist', () => {
  const set = evidence('--set', 'heavy');
  expect([set.status, set.stderr]).toEqual([2, 'heavy is not a set: use core, load.\n']);
  const claim = evidence('q');
  expect([claim.status, claim.stderr]).toEqual([2, 'q is not a claim: use a, b.\n']);
});

test('a long run of anything but the one claim that has one is refused before anything is measured', () => {
  const long = { ...options(), env: { ...options().env, SPELLKAVE_LONG: '1' } };
  for (const args of [['a'], [], ['border-once', 'a']]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, command(...args), { ...long, encoding: 'utf8' });
    expect([status, stdout, stderr]).toEqual([
      2,
      '',
      'SPELLKAVE_LONG=1 changes nothing but border-once: name that claim alone, or leave the variable out.\n',
    ]);
  }
});

test('lists the sets and the evidence of the one that was named', () => {
  const { status, stdout } = evidence('--list', '--set', 'load');
  expect(status).toBe(0);
  expect(stdout).toContain('core: a\nload: b\n');
  expect(stdout).toMatch(/^\| b +\| stale/m);
  expect(stdout).not.toMatch(/^\| a /m);
});

test('refuses in one sentence to measure where the commit is unknown, and measures nothing', () => {
  test.skip(!hasGit, 'there is no git to ask');
  const outside = evidence('--force');
  expect([outside.status, outside.stdout, outside.stderr]).toEqual([
    2,
    '',
    'Evidence names the commit that was measured, but this folder is not a git checkout: clone the repository.\n',
  ]);
  const bin = join(root, 'bin');
  const env = { ...options().env, PATH: bin };
  const without = spawnSync(process.execPath, command('--force'), { cwd: root, env, encoding: 'utf8' });
  expect([without.status, without.stderr]).toEqual([
    2,
    'Evidence names the commit that was measured, but there is no git on this machine: install it.\n',
  ]);
});

test('Ctrl-C ends the run with what was measured so far and how to go on', async () => {
  test.skip(!hasGit, 'there is no git to make a commit with');
  commit();
  const child = spawn(process.execPath, command('--force'), { ...options(), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  await expect.poll(() => output, { timeout: 20_000 }).toContain('measuring');
  // Any other signal is passed on to the run, as the terminal passes on Ctrl-C.
  child.kill('SIGTERM');
  const [status] = (await once(child, 'close')) as [number | null];
  expect(status).toBe(143);
  expect(output).toContain('Measuring 2 claims, about 2 min.');
  expect(output).toMatch(/^\| a +\| (holds|stale)/m);
  expect(output).toMatch(/^\| b +\| no new evidence/m);
  expect(output).toContain('Interrupted. What was measured is written');
});
