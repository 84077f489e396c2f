import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { FullResult, TestCase, TestResult } from 'playwright/types/testReporter';
import { expect, test } from 'playwright/test';
import { someRun } from '../evidence.fixture.ts';
import { generated, SCHEMA, type Evidence } from '../evidence.ts';
import EvidenceReporter from './reporter.ts';

const passed = { status: 'passed' } as FullResult;
const planned = {
  schema: SCHEMA,
  generated,
  claim: 'tick-scale',
  verdict: 'not measured',
  reason: 'not yet',
  because: 'planned',
};

/** What the run's status becomes when one claim's test leaves `evidence` behind. */
async function statusWith(evidence: unknown, file = 'claims/tick-scale.claim.ts') {
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
  ['a spec whose name cannot be a claim id', planned, 'claims/Tick Scale.ts'],
] as const) {
  test(`${what} turns the run red`, async () => {
    expect((await statusWith(evidence, file)).status).toBe('failed');
  });
}

test('a reporter that throws turns a whole run red, although Playwright swallows what a reporter throws', async () => {
  const root = mkdtempSync(join(tmpdir(), 'spellkave-reporter-'));
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  writeFileSync(
    join(root, 'tick-scale.claim.ts'),
    `import { test } from 'playwright/test';
     const body = ${JSON.stringify(JSON.stringify(planned))};
     test('a claim', async ({}, info) => info.attach('evidence', { body, contentType: 'application/json' }));`,
  );
  // The same green test twice: once the reporter can write, and once it cannot.
  const [able, unable] = await Promise.all([
    runIn(root, 'able', join(root, 'written')),
    runIn(root, 'unable', '/dev/null/nowhere'),
  ]);

  expect(able).toMatchObject({ code: 0 });
  expect(readFileSync(join(root, 'written/tick-scale.json'), 'utf8')).toContain('"not measured"');
  expect(unable).toMatchObject({ code: 1, output: expect.stringContaining('1 passed') });
  expect(unable.output).toContain('tick-scale.claim.ts: ENOTDIR');
  rmSync(root, { recursive: true });
});

/** Runs Playwright in a folder of its own, with this reporter writing to `folder`. */
function runIn(root: string, name: string, folder: string): Promise<{ code: number | null; output: string }> {
  const config = {
    testDir: root,
    outputDir: join(root, name),
    reporter: [['line'], [resolve('claims/harness/reporter.ts'), { folder }]],
    projects: [{ name: 'claims', testMatch: '*.claim.ts' }],
  };
  writeFileSync(join(root, `${name}.config.ts`), `export default ${JSON.stringify(config)};`);
  // A worker of Playwright has variables that would make its child one, too.
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(?:TEST_|PW|PLAYWRIGHT)/.test(key)));
  const args = [resolve('node_modules/playwright/cli.js'), 'test', '--config', `${name}.config.ts`];
  const child = spawn(process.execPath, args, { cwd: root, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((done) => child.on('close', (code) => done({ code, output })));
}

test('what another host shows is filed under its version', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spellkave-reporter-'));
  const run = someRun('clock-guard');
  const other = { ...run, provenance: { ...run.provenance, host: '2.8.3' } };
  const reporter = new EvidenceReporter({ folder });
  const attachments = [{ name: 'evidence', body: Buffer.from(JSON.stringify(other)) }];
  const titles = { titlePath: () => ['', 'claims', 'claims/clock-guard.claim.ts', 'a title'] };
  reporter.onTestEnd(titles as unknown as TestCase, { attachments } as unknown as TestResult);
  expect((await reporter.onEnd(passed)).status).toBe('passed');
  expect(globSync('**/*.json', { cwd: folder })).toEqual(['hosts/2.8.3/clock-guard.json']);
  rmSync(folder, { recursive: true });
});

test('a machine that does not allow an experiment takes away no evidence, of this host or another', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spellkave-reporter-'));
  const leave = async (evidence: Evidence) => {
    const reporter = new EvidenceReporter({ folder });
    const attachments = [{ name: 'evidence', body: Buffer.from(JSON.stringify(evidence)) }];
    const titles = { titlePath: () => ['', 'claims', 'claims/self-hosted.claim.ts', 'a title'] };
    reporter.onTestEnd(titles as unknown as TestCase, { attachments } as unknown as TestResult);
    expect((await reporter.onEnd(passed)).status).toBe('passed');
  };
  const run = someRun('self-hosted');
  const forbidden = {
    schema: SCHEMA,
    generated,
    claim: run.claim,
    verdict: 'not measured',
    reason: 'no',
    because: 'machine',
  } as const;
  await leave(run);
  await leave({ ...forbidden, host: run.provenance.host });
  await leave({ ...forbidden, host: '2.8.3' });
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Evidence;
  expect(read('self-hosted.json').verdict).toBe('holds');
  expect(read('hosts/2.8.3/self-hosted.json').verdict).toBe('not measured');
  rmSync(folder, { recursive: true });
});
