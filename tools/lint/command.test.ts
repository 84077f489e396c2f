import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'playwright/test';
import { someRun } from '../../claims/evidence.fixture.ts';

const CITED = 'Late by [2.4 ms](../evidence/tick.json#lateness.p99).';
const FILES = {
  'package.json': '{"dependencies":{}}',
  'claims/tick.claim.ts': "claim('tick', {});",
  'evidence/tick.json': JSON.stringify(someRun('tick'), null, 2),
  'adr/0001-a.md': `It ticks. [tick](../evidence/tick.json)\n${CITED}\n`,
};
const tsx = resolve('node_modules/tsx/dist/cli.mjs');

let root: string;
test.beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spellkave-lint-'));
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
});
test.afterEach(() => rmSync(root, { recursive: true }));

/** A linter as `npm run` starts it, in the folder of a small project. */
function lint(tool: string, ...args: string[]) {
  const env = { ...process.env, FORCE_COLOR: '0' };
  const command = [tsx, resolve(tool), ...args];
  const { status, stdout } = spawnSync(process.execPath, command, { cwd: root, env, encoding: 'utf8' });
  return { status, lines: stdout.trim().split('\n') };
}

test('the linter of claims names file, line and mend, fixes what it can, and stops a stale release', () => {
  const { status, lines } = lint('tools/lint/claims.ts');
  expect(status).toBe(1);
  expect(lines[0]).toBe(
    'adr/0001-a.md:2: says 2.4, and tick has 3.095 ms; run `npm run lint:claims -- --fix`, which writes 3.1',
  );
  // The list of all evidence is missing as well.
  expect(lines).toContain('evidence/README.md:1: is out of date; run `npm run lint:claims -- --fix`');
  expect(lines.at(-1)).toMatch(/^\d+ gates passed, 2 failed, with 1 warnings$/);

  expect(lint('tools/lint/claims.ts', '--fix').status).toBe(0);
  expect(readFileSync(join(root, 'adr/0001-a.md'), 'utf8')).toContain(CITED.replace('2.4', '3.1'));
  expect(lint('tools/lint/claims.ts', '--release').status).toBe(1);
});

test('the linter of records names file, line and mend', () => {
  const { status, lines } = lint('tools/lint/records.ts');
  expect(status).toBe(1);
  expect(lines[0]).toBe(
    'adr/0001-a.md:1: no front matter at the beginning; write status, date and decision-makers between two lines of ---, each as key: value',
  );
  expect(lines.at(-1)).toMatch(/^\d+ gates passed, \d+ failed, with 0 warnings$/);
});
