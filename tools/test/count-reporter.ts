import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { FullConfig, FullResult, Reporter, Suite, TestCase } from 'playwright/types/testReporter';

/** The file for the counts: `npm test` names it for each run and adds the counts up. */
export const COUNT_FILE = 'SPELLKAVE_COUNT_FILE';

export interface Count {
  passed: number;
  failed: number;
  /** One entry for each failed test, in the words that `npm test` repeats at its end. */
  failures?: string[];
}

/** Lines of an error that are worth repeating: the message and what was expected, without the call log. */
const ERROR_LINES = 8;

/** Reports to `npm test` how many tests passed and failed. An interrupted run counts as at least one failure. */
export default class CountReporter implements Reporter {
  #suite: Suite | undefined;

  printsToStdio(): boolean {
    return false;
  }

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#suite = suite;
  }

  onEnd(result: FullResult): void {
    const file = process.env[COUNT_FILE];
    if (!file) return;
    const tests = this.#suite?.allTests() ?? [];
    const passed = tests.filter((test) => test.outcome() === 'expected').length;
    const failures = tests.filter((test) => test.outcome() === 'unexpected').map(describe);
    const failed = result.status === 'passed' ? failures.length : Math.max(1, failures.length);
    writeFileSync(file, JSON.stringify({ passed, failed, failures } satisfies Count));
  }
}

function describe(test: TestCase): string {
  const message = test.results.flatMap(({ errors }) => errors).find((error) => error.message)?.message ?? '';
  const lines = stripVTControlCharacters(message).split('\n').filter(Boolean).slice(0, ERROR_LINES);
  const place = `${relative(process.cwd(), test.location.file)}:${test.location.line}`;
  return [`${place} › ${test.title}`, ...lines.map((line) => `    ${line}`)].join('\n');
}
