import { expect, test } from 'playwright/test';
import { citationOf } from './citation.ts';

test('a link to evidence cites a claim, and with a fragment one of its figures', () => {
  expect(citationOf('../evidence/tick-cadence.json')).toEqual({ claim: 'tick-cadence' });
  expect(citationOf('../evidence/tick-cadence.json#lateness.p99')).toEqual({
    claim: 'tick-cadence',
    figure: 'lateness.p99',
  });
  expect(citationOf('https://example.org/evidence/tick-cadence.json')).toBeUndefined();
  expect(citationOf('../evidence/hosts/2/tick-cadence.json')).toBeUndefined();
});
