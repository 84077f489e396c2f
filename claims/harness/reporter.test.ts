import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FullResult, TestCase, TestResult } from 'playwright/types/testReporter';
import { expect, test } from 'playwright/test';
import { generated, type Run } from '../evidence.ts';
import EvidenceReporter from './reporter.ts';

const passed = { status: 'passed' } as FullResult;
const planned = { generated, claim: 'tick-scale', verdict: 'not measured', reason: 'not yet' };

/** What the run's status becomes when one claim's test leaves `evidence` behind. */
async function statusWith(evidence: unknown, file = 'claims/tick-scale.spec.ts') {
  const folder = mkdtempSync(join(tmpdir(), 'spellkave-reporter-'));
  const reporter = new EvidenceReporter({ folder });
  const attachments = evidence === undefined ? [] : [{ name: 'evidence', body: Buffer.from(JSON.stringify(evidence)) }];
  const titles = { titlePath: () => ['', 'claims', file, 'a title'] };
  reporter.onTestEnd(titles as unknown as TestCase, { attachments } as unknown as TestResult);
  const { status } = await reporter.onEnd(passed);
  const written = status === 'passed' ? readFileSync(join(folder, 'tick-scale.json'), 'utf8') : '';
  rmSync(folder, { recursive: true });
  return { status, written };
}

test('evidence that fits its schema is written, and the run stays as it was', async () => {
  const { status, written } = await statusWith(planned);
  expect(status).toBe('passed');
  expect(JSON.parse(written)).toEqual(planned);
});

for (const [what, evidence, file] of [
  ['a claim that leaves no evidence', undefined],
  ['evidence that breaks its schema', { ...planned, verdict: 'green' }],
  ['evidence of another claim', { ...planned, claim: 'tick-cadence' }],
  ['a spec whose name is no claim', planned, 'claims/Tick Scale.ts'],
] as const) {
  test(`${what} turns the run red`, async () => {
    expect((await statusWith(evidence, file)).status).toBe('failed');
  });
}

test('a reporter that throws turns the run red', async () => {
  const reporter = new EvidenceReporter({ folder: '/dev/null/nowhere' });
  const attachments = [{ name: 'evidence', body: Buffer.from(JSON.stringify(planned)) }];
  const titles = { titlePath: () => ['', 'claims', 'claims/tick-scale.spec.ts', 'a title'] };
  reporter.onTestEnd(titles as unknown as TestCase, { attachments } as unknown as TestResult);
  expect((await reporter.onEnd(passed)).status).toBe('failed');
});

test('what another host shows is filed under its version', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spellkave-reporter-'));
  const pinned = JSON.parse(readFileSync('evidence/clock-guard.json', 'utf8')) as Run;
  const other = { ...pinned, provenance: { ...pinned.provenance, host: '2.8.3' } };
  const reporter = new EvidenceReporter({ folder });
  const attachments = [{ name: 'evidence', body: Buffer.from(JSON.stringify(other)) }];
  const titles = { titlePath: () => ['', 'claims', 'claims/clock-guard.spec.ts', 'a title'] };
  reporter.onTestEnd(titles as unknown as TestCase, { attachments } as unknown as TestResult);
  expect((await reporter.onEnd(passed)).status).toBe('passed');
  expect(globSync('**/*.json', { cwd: folder })).toEqual(['hosts/2.8.3/clock-guard.json']);
  rmSync(folder, { recursive: true });
});
