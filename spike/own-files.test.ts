import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'playwright/test';
import { nestedCheckouts, ownFiles } from './own-files.ts';

let root: string;
test.beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spellkave-own-'));
});
test.afterEach(() => rmSync(root, { recursive: true }));

function write(...files: string[]) {
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
  }
}

test('lists the files of a checkout, and none of a worktree, clone or submodule in it', () => {
  write('.git/HEAD', 'src/a.ts', 'src/b/c.ts', 'src/b/d.md');
  const before = ownFiles(root, 'src/**/*.ts');
  expect(before).toEqual(['src/a.ts', 'src/b/c.ts']);
  expect(nestedCheckouts(root)).toEqual([]);

  write('wt/x/.git', 'wt/x/src/a.ts', '.worktrees/y/.git', '.worktrees/y/src/a.ts');
  write('src/b/clone/.git/HEAD', 'src/b/clone/src/a.ts', 'src/b/clone/lib/.git', 'src/b/clone/lib/a.ts');
  expect(ownFiles(root, ['src/**/*.ts'])).toEqual(before);
  expect(ownFiles(root, '**/*.ts')).toEqual(before);
  expect(nestedCheckouts(root).sort()).toEqual(['.worktrees/y', 'src/b/clone', 'wt/x']);
});

test('a checkout that is a worktree itself has its files, also below a folder with a name that tools use', () => {
  write('node_modules/.spellkave/dist/x/.git', 'node_modules/.spellkave/dist/x/src/a.ts');
  const inside = join(root, 'node_modules/.spellkave/dist/x');
  expect(ownFiles(inside, 'src/**/*.ts')).toEqual(['src/a.ts']);
  expect(nestedCheckouts(inside)).toEqual([]);
});

test('a folder relative to the working folder has the same files', () => {
  write('src/a.ts', 'src/b/c.ts', 'wt/x/.git', 'wt/x/a.ts');
  const folder = relative('.', join(root, 'src'));
  expect(ownFiles(folder, '**/*.ts')).toEqual(['a.ts', 'b/c.ts']);
  expect(nestedCheckouts(relative('.', root))).toEqual(['wt/x']);
});

test('what is installed or built is not a source', () => {
  write('src/a.ts', 'src/node_modules/b/c.ts', 'src/target/d.ts', 'dist/e.ts');
  expect(ownFiles(root, '**/*.ts')).toEqual(['src/a.ts']);
});
