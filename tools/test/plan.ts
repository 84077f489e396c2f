import { readFileSync } from 'node:fs';
import type { Need } from './provide.ts';
import type { Step } from './steps.ts';

export interface PlannedStep extends Step {
  /** What must be installed before the step can run. */
  needs: Need[];
}

const MANIFEST = ['--manifest-path', 'spike/world/Cargo.toml'];
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** In the order in which they run: the fast ones first, and the claims that measure last and alone. */
export const STEPS: PlannedStep[] = [
  { name: 'lint of records', program: 'tsx', args: ['tools/lint/records.ts'], counts: 'linter', needs: [] },
  { name: 'lint of claims', program: 'tsx', args: ['tools/lint/claims.ts'], counts: 'linter', needs: [] },
  { name: 'lint of prose', program: 'tsx', args: ['tools/lint/prose.ts'], counts: 'linter', needs: [] },
  { name: 'lint of figures', program: 'tsx', args: ['tools/lint/figures.ts'], counts: 'linter', needs: [] },
  { name: 'lint of code', program: 'sh', args: ['-c', scripts['lint'] ?? ''], needs: [] },
  { name: 'types', program: 'sh', args: ['-c', scripts['check'] ?? ''], needs: [] },
  specs('unit tests', 'unit', []),
  {
    name: 'world (cargo test)',
    program: 'cargo',
    args: ['test', '--quiet', '--locked', ...MANIFEST],
    counts: 'cargo',
    needs: [],
  },
  specs('world on a host', 'spike', ['host', 'cli', 'modules', 'clock']),
  { name: 'site build', program: 'astro', args: ['build', '--silent'], needs: [] },
  specs('site tests', 'site', ['host', 'modules', 'browser']),
  specs('claims that check (quick)', 'claims-checked', ['host', 'modules', 'browser']),
  specs('claims that measure (quick)', 'claims', ['host', 'modules', 'browser'], '--grep-invert=@checked'),
];

/**
 * The steps whose names contain one of the words; without words, all of them.
 * @throws Error when a word matches no step, because a mistyped one would leave its step out silently
 */
export function stepsFor(words: string[]): PlannedStep[] {
  const unknown = words.find((word) => !STEPS.some(({ name }) => name.includes(word)));
  if (unknown !== undefined) throw new Error(`No step is called ${unknown}. The steps are: ${names()}.`);
  return STEPS.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
}

export function names(): string {
  return STEPS.map(({ name }) => name).join(', ');
}

function specs(name: string, project: string, needs: Need[], ...more: string[]): PlannedStep {
  return { name, program: 'playwright', args: ['test', `--project=${project}`, ...more], counts: 'playwright', needs };
}
