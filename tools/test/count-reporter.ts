import { writeFileSync } from 'node:fs';
import type { FullConfig, FullResult, Reporter, Suite } from 'playwright/types/testReporter';

/** The file for the counts: `npm test` names it for each run and adds the counts up. */
export const COUNT_FILE = 'SPELLKAVE_COUNT_FILE';

export interface Count {
  passed: number;
  failed: number;
}

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
    const failed = tests.filter((test) => test.outcome() === 'unexpected').length;
    writeFileSync(
      file,
      JSON.stringify({ passed, failed: result.status === 'passed' ? failed : Math.max(1, failed) } satisfies Count),
    );
  }
}
