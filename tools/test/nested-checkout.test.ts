import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'playwright/test';
import { ownFiles } from '../../spike/own-files.ts';
import { readPassages } from '../lint/read/passages.ts';
import { readProject } from '../lint/read/project.ts';
import { writeTypesConfig } from '../lint/read/types-config.ts';

/** The settings of the tools, and what they import. */
const SETTINGS = ownFiles('.', [
  '*.{json,mjs,ts}',
  '.prettierignore',
  'claims/harness/reporter.ts',
  'spike/{.,host}/*.ts',
  'tools/{lint,lint/imports,test}/*.ts',
]).filter((file) => !/\.(?:test|spec|claim)\.ts$/.test(file));
/** A file for each tool. Its form and its words are bad, so a tool that reads one has something to say. */
const SOURCES = [
  'claims/a.claim.ts',
  'records/a.test.ts',
  'spike/a.test.ts',
  'spike/a.spec.ts',
  'src/a.spec.ts',
  'tools/a.test.ts',
  'spike/world/src/lib.rs',
  'adr/0001-a.md',
  'evidence/a.json',
];
const TEXT = "import {test} from 'playwright/test'; test('stands next to it', () => undefined)\n";
const NESTED = ['wt/x', '.worktrees/x', 'adr/x', 'claims/x', 'spike/x', 'spike/world/src/x', 'src/x', 'tools/[x]'];

const BIN = resolve('node_modules/.bin');
let root: string;
test.beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'spellkave-nested-'));
  fill('.');
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
});
test.afterAll(() => rmSync(root, { recursive: true }));

function fill(folder: string) {
  for (const file of [...SETTINGS, ...SOURCES]) {
    const target = join(root, folder, file);
    mkdirSync(dirname(target), { recursive: true });
    if (SETTINGS.includes(file)) cpSync(file, target);
    else writeFileSync(target, TEXT);
  }
}

function run(program: string, ...args: string[]): string[] {
  const { stdout } = spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: `${BIN}:${process.env['PATH']}`, HOME: process.env['HOME'] },
  });
  return stdout.trim().split('\n');
}

/** What each tool reads, in words that can be compared. */
const READS = {
  'tests of Playwright': () => run('playwright', 'test', '--list', '--reporter=list').map((line) => line.trim()),
  'files that Prettier would change': () => run('tsx', 'tools/lint/format.ts', '--list-different'),
  'files that ESLint rejects': () => run('eslint', '.', '--format', 'json')[0]?.match(/"filePath":"[^"]+"/g) ?? [],
  'files that TypeScript checks': () => {
    const files = run('tsc', '-p', writeTypesConfig(root), '--listFilesOnly');
    return files.filter((file) => !file.includes('/node_modules/'));
  },
  'passages of the linter of prose': () => readPassages(root).map(({ file, line }) => `${file}:${line}`),
  'sources of the linter of claims': () => {
    const { records, specs, evidence, world } = readProject(root);
    return [records, specs, evidence, world].flat().map(({ path }) => path);
  },
};

for (const [what, read] of Object.entries(READS)) {
  test(`${what} are the same with checkouts inside this one`, () => {
    const before = read();
    expect(before.length).toBeGreaterThan(2);
    for (const folder of NESTED) {
      fill(folder);
      writeFileSync(join(root, folder, '.git'), 'gitdir: elsewhere');
    }
    expect(read()).toEqual(before);
    for (const folder of NESTED) rmSync(join(root, folder), { recursive: true });
  });
}
