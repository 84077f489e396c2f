import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'playwright/test';
import { ACCEPTED } from './gates/figures-by-hand.ts';

const RECORD = 'adr/0001-a.md';
const tsx = resolve('node_modules/tsx/dist/cli.mjs');

let root: string;
test.beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spellkave-figures-'));
  for (const folder of ['adr', 'tools/lint']) mkdirSync(join(root, folder), { recursive: true });
});
test.afterEach(() => rmSync(root, { recursive: true }));

const write = (text: string) => writeFileSync(join(root, RECORD), text);

/** The linter as `npm run` starts it, in the folder of a small project. */
function lint(...args: string[]) {
  const env = { ...process.env, FORCE_COLOR: '0' };
  const command = [tsx, resolve('tools/lint/figures.ts'), ...args];
  const { status, stdout } = spawnSync(process.execPath, command, { cwd: root, env, encoding: 'utf8' });
  return { status, lines: stdout.trim().split('\n') };
}

test('accepts the present figures on demand, then rejects one more and names it, and accepts fewer with a warning', () => {
  write('It takes 5 s.\n');
  expect(lint().status).toBe(1);
  expect(lint('--accept').status).toBe(0);
  expect(readFileSync(join(root, ACCEPTED), 'utf8')).toBe(`${RECORD}: 5 s: It takes 5 s.\n`);

  write('It takes 5 s.\nIt waits 6 s.\n');
  const { status, lines } = lint();
  expect(status).toBe(1);
  expect(lines[0]).toBe(
    '0 figures from evidence, 0 of them to the digit; 0 from a source; 2 by hand, 0 of which say so',
  );
  expect(lines[1]).toMatch(
    /^adr\/0001-a\.md:2: "6 s" is typed by hand \(2 in all, 1 accepted\): "It waits 6 s\."; cite /,
  );

  write('It takes time.\n');
  const fewer = lint();
  expect(fewer.status).toBe(0);
  expect(fewer.lines.at(-1)).toBe('2 gates passed, 0 failed, with 1 warnings');
});
