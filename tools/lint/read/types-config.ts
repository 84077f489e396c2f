import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { nestedCheckouts } from '../../../spike/own-files.ts';
import project from '../../../tsconfig.json' with { type: 'json' };

/**
 * Writes a TypeScript configuration that leaves out the checkouts inside this one, which `tsconfig.json` cannot know.
 * @returns its path
 */
export function writeTypesConfig(root: string): string {
  const below = (paths: string[]) => paths.map((path) => resolve(root, path));
  const config = {
    extends: '../tsconfig.json',
    include: below(project.include),
    exclude: below([...project.exclude, ...nestedCheckouts(root)]),
  };
  const path = join(root, '.astro', 'own.tsconfig.json');
  mkdirSync(join(root, '.astro'), { recursive: true });
  writeFileSync(path, JSON.stringify(config));
  return path;
}
