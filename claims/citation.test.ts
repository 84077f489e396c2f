import { expect, test } from 'playwright/test';
import { citationOf, findCitations } from './citation.ts';

test('a link to evidence cites a claim, and with a fragment one of its figures', () => {
  expect(citationOf('../evidence/tick-cadence.json')).toEqual({ claim: 'tick-cadence' });
  expect(citationOf('../evidence/tick-cadence.json#lateness.p99')).toEqual({
    claim: 'tick-cadence',
    figure: 'lateness.p99',
  });
  expect(citationOf('https://example.org/evidence/tick-cadence.json')).toBeUndefined();
});

test('every citation of a record is found with its words and its line, and so is a link that cites nothing', () => {
  const markdown =
    'It took [2 ms](../evidence/a.json#late.p99), [see](../adr/b.md).\n[here](../evidence/hosts/2/a.json)';
  expect(findCitations(markdown)).toEqual([
    { citation: { claim: 'a', figure: 'late.p99' }, url: '../evidence/a.json#late.p99', label: '2 ms', line: 1 },
    { url: '../evidence/hosts/2/a.json', label: 'here', line: 2 },
  ]);
});
