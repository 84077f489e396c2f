import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { styleText } from 'node:util';
import { COUNT_FILE, type Count } from './count-reporter.ts';
import { endWith } from './end-with.ts';

/** A part of `npm test`: one program, which counts as one test unless it says otherwise. */
export interface Step {
  name: string;
  program: string;
  args: string[];
  /** These count their own tests; a linter counts its gates. */
  counts?: 'cargo' | 'linter' | 'playwright';
}

const COUNTS = 'test-results/count.json';

/** Each says nothing when the run broke off before it could count. */
const COUNTERS = { cargo: cargoCount, linter: gateCount, playwright: readCount };

/** Runs one step, shows its output as it comes, and counts. */
export async function runStep({ name, program, args, counts }: Step): Promise<Count & { seconds: number }> {
  console.log(styleText('bold', `\n▸ ${name}`));
  const started = performance.now();
  mkdirSync('test-results', { recursive: true });
  rmSync(COUNTS, { force: true });
  const { ok, output } = await show(program, args);
  const counted = counts && COUNTERS[counts](output);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  if (!counted) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, seconds };
  return { ...counted, failed: ok ? counted.failed : Math.max(1, counted.failed), seconds };
}

function show(program: string, args: string[]): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, [COUNT_FILE]: COUNTS };
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
    endWith(child);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk);
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
