import { readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { ownFiles } from '../../spike/own-files.ts';
import { GROUPS, PURPOSES, SIZED_ARMS, type Group, type Purpose, type SizedArm } from './size-groups.ts';
import { codeLines } from './code-lines.ts';

/** Every file here must be in a group. */
const COUNTED = ['spike/world/src/**/*.rs', 'spike/rival/**/*.ts', 'spike/client/bindings/*.ts'];

/** Lines of code by arm and purpose; blank lines and comments are left out. */
export interface Size {
  lines: Record<SizedArm, Record<Purpose, number>>;
  files: number;
  /** Files that no group lists. */
  unassigned: string[];
}

/**
 * Counts the tree. A test inside a source file counts as a test.
 * @param added more files by their path, for a control
 * @throws NotMeasured where the counter cannot run
 */
export async function sizeOf(root: string, added: Record<string, string> = {}): Promise<Size> {
  const files = new Map(Object.entries(added));
  for (const path of ownFiles(root, COUNTED)) files.set(path, readFileSync(join(root, path), 'utf8'));
  const groups = new Map([...files.keys()].map((path) => [path, groupOf(path)]));
  const counts = await codeLines(files);
  const lines = Object.fromEntries(SIZED_ARMS.map((arm) => [arm, nothing()])) as Size['lines'];
  for (const [path, group] of groups)
    for (const arm of group?.arms ?? []) {
      const { code, tests } = counts.get(path) ?? { code: 0, tests: 0 };
      lines[arm][group?.purpose ?? 'apart'] += code;
      lines[arm].tests += tests;
    }
  return { lines, files: files.size, unassigned: [...files.keys()].filter((path) => !groups.get(path)) };
}

const groupOf = (path: string): Group | undefined =>
  GROUPS.find(({ files }) => files.some((pattern) => matchesGlob(path, pattern)));

const nothing = () => Object.fromEntries(PURPOSES.map((purpose) => [purpose, 0])) as Record<Purpose, number>;
