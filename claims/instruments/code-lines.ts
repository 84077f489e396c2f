import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { NotMeasured } from '../harness/not-measured.ts';

/** Lines of code in one file; blank lines and comments are left out. */
export interface CodeLines {
  code: number;
  /** Of a Rust file's own tests. */
  tests: number;
}

/** Rust's unit tests stand at the end of the file that they test. */
const INLINE_TESTS = /^#\[cfg\(test\)\]\nmod tests \{/m;

/**
 * Counts files by their path with cloc, a Perl program that its npm package brings along.
 * @throws NotMeasured where there is no Perl
 */
export async function codeLines(files: ReadonlyMap<string, string>): Promise<Map<string, CodeLines>> {
  const folder = mkdtempSync(join(tmpdir(), 'spellkave-size-'));
  try {
    for (const [path, text] of files) {
      const { index = text.length } = INLINE_TESTS.exec(text) ?? {};
      write(join(folder, 'code', path), text.slice(0, index));
      write(join(folder, 'tests', path), text.slice(index));
    }
    const counted = await cloc(folder);
    const of = (part: string, path: string) => counted.get(join(part, path)) ?? 0;
    return new Map([...files.keys()].map((path) => [path, { code: of('code', path), tests: of('tests', path) }]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Lines of code by path, relative to the folder. Files without any are missing. */
async function cloc(folder: string): Promise<Map<string, number>> {
  const program = createRequire(import.meta.url).resolve('cloc/lib/cloc');
  // It would count two equal files once.
  const args = [program, '--by-file', '--json', '--quiet', '--skip-uniqueness', folder];
  const { stdout } = await promisify(execFile)('perl', args, { maxBuffer: 10_000_000 }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new NotMeasured('cloc needs Perl, which is not here');
    throw error;
  });
  const { header: _header, SUM: _sum, ...byFile } = JSON.parse(stdout) as Record<string, { code: number }>;
  return new Map(Object.entries(byFile).map(([path, { code }]) => [relative(folder, path), code]));
}
