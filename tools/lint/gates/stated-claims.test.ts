import { expect, test } from 'playwright/test';
import { citedClaimsExist, claimsAreStated, claimsAreStatedOnce } from './stated-claims.ts';
import { parseRecord } from '../../../records/record.ts';
import { found, RECORD, someProject, STATEMENT, withLines } from '../read/project.fixture.ts';

test('a claim that one sentence states is mentioned as it should be', () => {
  const project = someProject(withLines('Late by [3.1 ms](../evidence/tick.json#lateness.p99).'));
  for (const gate of [claimsAreStated, claimsAreStatedOnce, citedClaimsExist]) expect(gate(project)).toEqual([]);
});

test('a claim that no record states is found, also when its figures are cited', () => {
  const records = [parseRecord({ path: RECORD, text: 'Late by [3.1 ms](../evidence/tick.json#lateness.p99).' })];
  expect(found(claimsAreStated, someProject({ records }))).toEqual([
    'claims/tick.claim.ts:1: no record states the claim "tick"',
  ]);
});

test('a second sentence that states a claim is found, in the same record and in another', () => {
  const second = 'the claim "tick" is stated a second time, first in adr/0001-a-world.md:1';
  const other = parseRecord({ path: 'adr/0002-b.md', text: STATEMENT });
  const project = someProject(withLines(STATEMENT));
  expect(found(claimsAreStatedOnce, { ...project, records: [...project.records, other] })).toEqual([
    `${RECORD}:2: ${second}`,
    `adr/0002-b.md:1: ${second}`,
  ]);
});

test('an unknown id is found, in a statement and in a citation', () => {
  const lines = ['It tocks. [tock](../evidence/tock.json)', 'See [1](../evidence/tuck.json#n).'];
  expect(found(citedClaimsExist, someProject(withLines(...lines)))).toEqual([
    `${RECORD}:2: there is no claim "tock"`,
    `${RECORD}:3: there is no claim "tuck"`,
  ]);
});

test('finds a link to evidence that does not belong to a claim', () => {
  expect(found(citedClaimsExist, someProject(withLines('See [it](../evidence/hosts/2.8.3/tick.json).')))).toEqual([
    `${RECORD}:2: ../evidence/hosts/2.8.3/tick.json is not the evidence of a claim`,
  ]);
});
