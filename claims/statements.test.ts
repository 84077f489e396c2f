import { globSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { listEvidence, readEvidence } from './evidence.ts';
import { findStatements, readStatements } from './statements.ts';

test('a sentence that ends in the bare link to evidence is a statement; a citation is none', () => {
  const markdown = [
    '# Title',
    'It never waits. [think-once](../evidence/think-once.json)',
    '- It keeps 10 Hz. [tick-cadence](../evidence/tick-cadence.json)',
    'It took [2.4 ms](../evidence/tick-cadence.json#lateness.p99).',
  ].join('\n');
  expect(findStatements('0001-x', markdown)).toEqual([
    { claim: 'think-once', text: 'It never waits.', record: '0001-x', line: 2 },
    { claim: 'tick-cadence', text: 'It keeps 10 Hz.', record: '0001-x', line: 3 },
  ]);
});

test('every claim has a spec, a readable evidence file and exactly one sentence in a record', () => {
  const specs = globSync('claims/*.spec.ts').map((file) => file.replace(/^claims\/(.*)\.spec\.ts$/, '$1'));
  expect(listEvidence('.')).toEqual(specs.sort());
  expect(
    readStatements('.')
      .map(({ claim }) => claim)
      .sort(),
  ).toEqual(specs);
  for (const claim of specs) readEvidence('.', claim);
});
