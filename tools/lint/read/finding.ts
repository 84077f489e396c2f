import { styleText } from 'node:util';

/** Something that is wrong, where it is, and what would mend it. */
export interface Finding {
  /** Relative to the project's folder. */
  file: string;
  line: number;
  wrong: string;
  mend: string;
  /** Said, and does not stop anything. */
  warning?: true;
}

/** A rule that is kept or not: pure, so that a test can feed it what is wrong. */
export type Gate<Project> = (project: Project) => Finding[];

/**
 * Puts a project through its gates and prints each finding as `file:line: what is wrong; the mend`.
 * @returns whether nothing but warnings was found
 */
export function pass<Project>(project: Project, gates: Gate<Project>[]): boolean {
  const results = gates.map((gate) => gate(project));
  for (const finding of results.flat().sort(byPlace)) console.log(write(finding));
  const failed = results.filter((findings) => findings.some(({ warning }) => !warning)).length;
  const warnings = results.flat().filter(({ warning }) => warning).length;
  console.log(`${results.length - failed} gates passed, ${failed} failed, with ${warnings} warnings`);
  return failed === 0;
}

function write({ file, line, wrong, mend, warning }: Finding): string {
  const text = `${file}:${line}: ${warning ? 'warning: ' : ''}${wrong}; ${mend}`;
  return styleText(warning ? 'yellow' : 'red', text);
}

function byPlace(a: Finding, b: Finding): number {
  return a.file.localeCompare(b.file) || a.line - b.line;
}
