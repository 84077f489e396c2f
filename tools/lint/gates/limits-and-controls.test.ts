import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import type { Run } from '../../../claims/evidence.ts';
import { someCheck, someRun } from '../../../claims/evidence.fixture.ts';
import { controlsBreak, evidenceFitsSchema, evidenceIsFresh, limitsAreKept } from './limits-and-controls.ts';
import { found, someFile, someProject } from '../read/project.fixture.ts';
import { readProject } from '../read/project.ts';

const broken = someCheck({ arm: 'control', value: 150, comparison: 'at least', limit: 100 });
const withRun = (changes: Partial<Run>) => someProject({ evidence: [someFile(someRun('tick', changes))] });

test('evidence of a claim that holds passes, and so does evidence that there is none yet', () => {
  const { schema: SCHEMA, generated, claim } = someRun('tick');
  const planned = someFile({
    schema: SCHEMA,
    generated,
    claim,
    verdict: 'not measured',
    reason: 'not yet',
    because: 'planned',
  });
  for (const project of [someProject(), someProject({ evidence: [planned] })])
    for (const gate of [evidenceFitsSchema, limitsAreKept, controlsBreak, evidenceIsFresh(true)])
      expect(gate(project)).toEqual([]);
});

test('a file that breaks the schema, is not JSON or holds another claim is found', () => {
  const root = mkdtempSync(join(tmpdir(), 'spellkave-lint-'));
  mkdirSync(join(root, 'evidence'));
  writeFileSync(join(root, 'evidence/a.json'), JSON.stringify({ ...someRun('a'), verdict: 'green' }));
  writeFileSync(join(root, 'evidence/b.json'), '{');
  writeFileSync(join(root, 'evidence/c.json'), JSON.stringify({ ...someRun('a'), verdict: 'not measured' }));
  expect(found(evidenceFitsSchema, readProject(root))).toEqual([
    expect.stringMatching(/^evidence\/a\.json:1: cannot be read: .*verdict/),
    expect.stringMatching(/^evidence\/b\.json:1: cannot be read: /),
    expect.stringMatching(/^evidence\/c\.json:1: /),
  ]);
  rmSync(root, { recursive: true });
  expect(found(evidenceFitsSchema, someProject({ evidence: [someFile(someRun('tock'), { claim: 'tick' })] }))).toEqual([
    'evidence/tock.json:1: holds the claim "tock"',
  ]);
});

test('a limit that is exceeded is found, whichever of check and verdict calls it kept', () => {
  const said = 'Lateness p99 is 11 ms and should be at most 10 ms';
  const exceeded = someCheck({ value: 11 });
  expect(found(limitsAreKept, withRun({ checks: [broken, exceeded] }))).toEqual([
    expect.stringMatching(new RegExp(`^evidence/tick\\.json:\\d+: ${said}, yet ok is true$`)),
  ]);
  // In a quick run a limit may be exceeded and not gate; committed evidence has no such excuse.
  expect(found(limitsAreKept, withRun({ checks: [broken, { ...exceeded, ok: false, gating: false }] }))).toEqual([
    expect.stringMatching(new RegExp(`^evidence/tick\\.json:\\d+: ${said}, yet the verdict is "holds"$`)),
  ]);
});

test('a claim of a record that fails is found; on another host it may', () => {
  const run = someRun('tick', {
    verdict: 'fails',
    reason: 'late',
    checks: [broken, someCheck({ value: 11, ok: false })],
  });
  expect(found(limitsAreKept, someProject({ evidence: [someFile(run)] }))).toEqual([
    'evidence/tick.json:7: fails: late',
  ]);
  expect(limitsAreKept(someProject({ evidence: [someFile(run, { kept: true })] }))).toEqual([]);
});

test('finds a control that still passed, whatever the verdict', () => {
  const whole = { ...broken, value: 99, ok: false };
  for (const verdict of ['holds', 'fails', 'inconclusive'] as const) {
    expect(found(controlsBreak, withRun({ verdict, checks: [someCheck(), whole] }))).toEqual([
      expect.stringMatching(/^evidence\/tick\.json:\d+: the control still passed: Lateness p99 is 99 ms$/),
    ]);
  }
});

test('a claim without a control is found, unless it is a finding', () => {
  const checks = [someCheck()];
  expect(found(controlsBreak, withRun({ checks }))).toEqual([expect.stringMatching(/: no check of a control$/)]);
  expect(controlsBreak(withRun({ checks, kind: 'finding' }))).toEqual([]);
});

test('stale evidence is a warning, and an error in a release', () => {
  const stale = someProject({ evidence: [someFile(someRun('tick'), { stale: true })] });
  expect(evidenceIsFresh(false)(stale)).toMatchObject([{ warning: true }]);
  expect(evidenceIsFresh(true)(stale)).toMatchObject([{ wrong: 'stale: what it was measured on has changed' }]);
  expect(evidenceIsFresh(true)(stale)[0]).not.toHaveProperty('warning');
});
