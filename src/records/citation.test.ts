import { expect, test } from 'playwright/test';
import { citationOf, unknownCitations } from './citation.ts';

test('a link to evidence cites a claim, and with a fragment one of its figures', () => {
  expect(citationOf('../evidence/tick-cadence.json')).toEqual({ claim: 'tick-cadence' });
  expect(citationOf('../evidence/tick-cadence.json#lateness.p99')).toEqual({
    claim: 'tick-cadence',
    figure: 'lateness.p99',
  });
  expect(citationOf('https://example.org/evidence/tick-cadence.json')).toBeUndefined();
});

test('an unknown claim is named with its record and line', () => {
  const markdown = '# Title\n\nKnown. [known](../evidence/known.json)\nUnknown. [other](../evidence/other.json#n)\n';
  expect(unknownCitations('0001-record.md', markdown, ['known'])).toEqual([
    'adr/0001-record.md:4 cites the claim "other", which has no evidence file.',
  ]);
});

test('a link to evidence that is no claim is a fault too', () => {
  const faults = unknownCitations('0001-record.md', 'See [here](../evidence/hosts/2.8.3/known.json).', ['known']);
  expect(faults).toEqual([
    'adr/0001-record.md:1 has a link to evidence that is no claim: ../evidence/hosts/2.8.3/known.json.',
  ]);
});
