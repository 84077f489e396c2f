import { expect, test } from 'playwright/test';
import { findStatements } from './statements.ts';

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
