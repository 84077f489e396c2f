import { existsSync, globSync, readdirSync, type Dirent } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** Installed, built or kept by a tool: nothing there is a source, and a walk through it would take seconds. */
const NO_SOURCES = new Set(['.git', 'node_modules', 'dist', '.astro', '.spellkave', 'target', 'test-results']);

/**
 * The files of a checkout that match a pattern, sorted, with `/` between folders. A checkout inside this one (a Git
 * worktree, a clone, a submodule) has the same files again: they are not part of this one.
 * @param patterns globs relative to `folder`
 */
export function ownFiles(folder: string, patterns: string | string[]): string[] {
  // With a relative folder, Node gives the parents of some entries from there, and of others from the working folder.
  const root = resolve(folder);
  const exclude = (entry: Dirent) => NO_SOURCES.has(entry.name) || isCheckout(root, entry);
  return globSync(patterns, { cwd: root, exclude, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => pathOf(root, entry))
    .sort();
}

/** The folders below `folder` that are checkouts themselves, for tools that list files on their own. */
export function nestedCheckouts(folder: string): string[] {
  const root = resolve(folder);
  const below = (path: string): string[] =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !NO_SOURCES.has(entry.name))
      .flatMap((entry) => (isCheckout(root, entry) ? [pathOf(root, entry)] : below(join(path, entry.name))));
  return below(root);
}

/** A clone has a folder `.git`, and a worktree or a submodule a file of that name. */
function isCheckout(root: string, { parentPath, name }: Dirent): boolean {
  const folder = resolve(root, parentPath, name);
  return folder !== root && existsSync(join(folder, '.git'));
}

function pathOf(root: string, { parentPath, name }: Dirent): string {
  return relative(root, resolve(root, parentPath, name)).replaceAll('\\', '/');
}
