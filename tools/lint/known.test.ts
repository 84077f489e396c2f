import { expect, test } from 'playwright/test';
import { someRun } from '../../claims/evidence.fixture.ts';
import { evidenceHasSpec, specsAreNamed, specsHaveEvidence } from './known.ts';
import { found, someFile, someProject, someSpec } from './project.fixture.ts';

test('a claim with its spec and its evidence is known', () => {
  for (const gate of [specsAreNamed, specsHaveEvidence, evidenceHasSpec]) expect(gate(someProject())).toEqual([]);
});

test('a claim without evidence is found, also when only another host has some', () => {
  const wrong = ['claims/tick.spec.ts:1: the claim "tick" has no evidence'];
  const other = someFile(someRun('tick'), { path: 'evidence/hosts/2.8.3/tick.json', host: 'other' });
  expect(found(specsHaveEvidence, someProject({ evidence: [] }))).toEqual(wrong);
  expect(found(specsHaveEvidence, someProject({ evidence: [other] }))).toEqual(wrong);
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
    expect(found(specsAreNamed, someProject({ specs }))).toEqual([`claims/tock.spec.ts:1: ${wrong}`]);
  });
}
