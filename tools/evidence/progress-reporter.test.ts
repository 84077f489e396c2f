import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FullConfig, Suite, TestCase, TestResult } from 'playwright/types/testReporter';
import { expect, test } from 'playwright/test';
import { someRun } from '../../claims/evidence.fixture.ts';
import ProgressReporter from './progress-reporter.ts';

const testOf = (claim: string) =>
  ({ titlePath: () => ['', 'claims', `claims/${claim}.claim.ts`, claim] }) as unknown as TestCase;
const attached = (evidence: unknown) => [{ name: 'evidence', body: Buffer.from(JSON.stringify(evidence)) }];

test('announces each claim with the time that it and the rest will take, and then its verdict', () => {
  const root = mkdtempSync(join(tmpdir(), 'spellkave-progress-'));
  mkdirSync(join(root, 'evidence'));
  for (const [claim, seconds] of [
    ['a', 300],
    ['b', 20],
  ] as const) {
    const run = someRun(claim);
    const evidence = { ...run, provenance: { ...run.provenance, seconds } };
    writeFileSync(join(root, `evidence/${claim}.json`), JSON.stringify(evidence));
  }
  const said: string[] = [];
  const reporter = new ProgressReporter({ root, say: (line) => said.push(line) });
  const tests = ['a', 'b', 'never'].map(testOf);
  reporter.onBegin({} as FullConfig, { allTests: () => tests } as unknown as Suite);
  const results = [
    { attachments: attached(someRun('a')), duration: 301_000, errors: [] },
    { attachments: [], duration: 1_200, errors: [{ message: 'it broke\nhere' }] },
    { attachments: [], duration: 0, errors: [] },
  ];
  for (const [index, one] of tests.entries()) {
    reporter.onTestBegin(one);
    reporter.onTestEnd(one, results[index] as unknown as TestResult);
  }
  // A claim that was never measured is estimated by the median of the others.
  expect(said).toEqual([
    '[1/3] a: about 5 min; about 10 min until all are done',
    '      holds, p99 3.1 ms of 10 ms (301 s)',
    '[2/3] b: about 20 s; about 5 min until all are done',
    '      no evidence (1 s)',
    '      it broke\n      here',
    '[3/3] never: about 5 min',
    '      no evidence (0 s)',
  ]);
  rmSync(root, { recursive: true });
});
