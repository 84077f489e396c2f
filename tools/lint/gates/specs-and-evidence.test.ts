import { expect, test } from 'playwright/test';
import { someRun } from '../../../claims/evidence.fixture.ts';
import { claimsAreMeasured, evidenceHasSpec, specsAreNamed, specsHaveEvidence } from './specs-and-evidence.ts';
import { found, someFile, someProject, someSpec } from '../read/project.fixture.ts';

test('a claim with its spec and its evidence is known', () => {
  for (const gate of [specsAreNamed, specsHaveEvidence, claimsAreMeasured, evidenceHasSpec])
    expect(gate(someProject())).toEqual([]);
});

test('a claim without evidence is found, also when only another host has some', () => {
  const wrong = ['claims/tick.claim.ts:1: the claim "tick" has no evidence'];
  const other = someFile(someRun('tick'), { path: 'evidence/hosts/2.8.3/tick.json', kept: true });
  expect(found(specsHaveEvidence, someProject({ evidence: [] }))).toEqual(wrong);
  expect(found(specsHaveEvidence, someProject({ evidence: [other] }))).toEqual(wrong);
});

test('an experiment that was never run is found; one that is planned, or that a machine does not allow, is lawful', () => {
  const { schema: SCHEMA, generated, claim } = someRun('tick');
  const without = (because: 'planned' | 'machine') =>
    someFile({ schema: SCHEMA, generated, claim, verdict: 'not measured', reason: 'not yet', because });
  expect(found(claimsAreMeasured, someProject({ evidence: [without('planned')] }))).toEqual([
    'evidence/tick.json:1: the experiment of "tick" is written, and was never run',
  ]);
  const specs = [someSpec('tick', "planned('tick', 'not yet');")];
  expect(claimsAreMeasured(someProject({ specs, evidence: [without('planned')] }))).toEqual([]);
  expect(claimsAreMeasured(someProject({ evidence: [without('machine')] }))).toEqual([]);
});

test('evidence without a spec is found', () => {
  expect(found(evidenceHasSpec, someProject({ specs: [] }))).toEqual([
    'evidence/tick.json:1: nothing measures the claim "tick"',
  ]);
});

for (const [what, text, wrong] of [
  ['two specs of one claim', "claim('tick', {});", 'measures "tick"'],
  ['a spec of two claims', "claim('tock', {});\nplanned('tick', '');", 'measures "tock" and "tick"'],
  ['a spec of none', 'test.skip();', 'measures no claim'],
] as const) {
  test(`${what} is found`, () => {
    const specs = [someSpec('tick'), someSpec('tock', text)];
    expect(found(specsAreNamed, someProject({ specs }))).toEqual([`claims/tock.claim.ts:1: ${wrong}`]);
  });
}
