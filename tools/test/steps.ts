import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { styleText } from 'node:util';
import { COUNT_FILE, type Count } from './count-reporter.ts';
import { endWith } from './end-with.ts';
import { annotationsIn, commandOf } from './annotations.ts';

/** A part of `npm test`: one program, counted as one test unless `counts` is set. */
export interface Step {
  name: string;
  program: string;
  args: string[];
  /** How to count the tests that the program ran itself. A linter counts its gates. */
  counts?: 'cargo' | 'linter' | 'playwright';
}

/** GitHub shows findings on the diff when they are printed as workflow commands. */
const isAnnotating = process.env['GITHUB_ACTIONS'] === 'true';
const COUNTS = 'test-results/count.json';

/** Each returns undefined when the program ended before it could count. */
const COUNTERS = { cargo: cargoCount, linter: gateCount, playwright: readCount };

/** Runs one step, passes its output through, and counts its tests. */
export async function runStep({ name, program, args, counts }: Step): Promise<Count & { seconds: number }> {
  console.log(styleText('bold', `\n▸ ${name}`));
  const started = performance.now();
  mkdirSync('test-results', { recursive: true });
  rmSync(COUNTS, { force: true });
  const { ok, output } = await show(program, args);
  if (isAnnotating) for (const annotation of annotationsIn(output)) console.log(commandOf(annotation));
  const counted = counts && COUNTERS[counts](output);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  if (!counted) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, seconds };
  return { ...counted, failed: ok ? counted.failed : Math.max(1, counted.failed), seconds };
}

function show(program: string, args: string[]): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, [COUNT_FILE]: COUNTS };
    // Compilers print to the error output, in colours as long as it is the terminal itself.
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', isAnnotating ? 'pipe' : 'inherit'], env });
    endWith(child);
    let output = '';
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const)
      from?.on('data', (chunk: Buffer) => {
        to.write(chunk);
        output += chunk.toString();
      });
    child.on('error', reject);
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

function readCount(): Count | undefined {
  try {
    return JSON.parse(readFileSync(COUNTS, 'utf8')) as Count;
  } catch {
    return undefined;
  }
}

/** Adds up the closing lines of `cargo test`, one for each binary. */
export function cargoCount(output: string): Count | undefined {
  const lines = [...output.matchAll(/test result: \w+\. (\d+) passed; (\d+) failed/g)];
  if (lines.length === 0) return undefined;
  const sum = (group: 1 | 2) => lines.reduce((total, line) => total + Number(line[group]), 0);
  return { passed: sum(1), failed: sum(2) };
}

/** Reads the closing line of a linter. */
export function gateCount(output: string): Count | undefined {
  const [, passed, failed] = /^(\d+) gates passed, (\d+) failed/m.exec(output) ?? [];
  return passed === undefined ? undefined : { passed: Number(passed), failed: Number(failed) };
}
