import { readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { parseEvidence, type Run } from '../../claims/evidence.ts';
import { someCheck, someRun } from '../../claims/evidence.fixture.ts';
import { areComparable, obstaclesOf } from './comparable.ts';

const between = (changes: Partial<Run>) => obstaclesOf('tick', someRun('tick'), someRun('tick', changes));
const provenance = (changes: Partial<Run['provenance']>) => ({
  provenance: { ...someRun('tick').provenance, ...changes },
});

test('other figures of the same experiment on the same machine can be compared', () => {
  const checks = someRun('tick').checks.map((check) => ({ ...check, value: 9, rounds: [9] }));
  expect(between({ checks, verdict: 'inconclusive', ...provenance({ commit: 'd', seconds: 5 }) })).toEqual([]);
});

for (const [part, changes, details] of [
  ['method', { method: 'By looking twice.' }, ['method − By looking.', 'method + By looking twice.']],
  ['control', { control: 'None.' }, ['control − By looking away.', 'control + None.']],
  ['workload', { tallies: [{ arm: 'subject', label: '10 calls', outcomes: {} }] }, ['workload + subject: 10 calls']],
  [
    'limits',
    { checks: [someCheck({ limit: 20 }), someRun('tick').checks[1] ?? someCheck()] },
    ['limits − lateness.p99: at most 10 ms', 'limits + lateness.p99: at most 20 ms'],
  ],
] as const) {
  test(`reports that the ${part} changed`, () => {
    expect(between(changes as unknown as Partial<Run>)).toEqual([
      { claim: 'tick', what: 'experiment', parts: [part], details },
    ]);
  });
}

test('a limit that each run computes from its own baseline is not a change of the experiment', () => {
  const withLimit = (limit: number) => someRun('tick', { checks: [someCheck({ limit })] });
  expect(obstaclesOf('tick', withLimit(6.369), withLimit(5.124))).toEqual([]);
  expect(obstaclesOf('tick', withLimit(6.5), withLimit(5.1))).toHaveLength(1);
});

test('reports that the machine changed, with what it was and is', () => {
  expect(between(provenance({ cpu: 'another', cores: 4, host: '2.8.3', node: '26' }))).toEqual([
    {
      claim: 'tick',
      what: 'machine',
      parts: ['host', 'CPU', 'cores', 'Node'],
      details: [
        'host − 1.2.0',
        'host + 2.8.3',
        'CPU − a machine',
        'CPU + another',
        'cores − 2',
        'cores + 4',
        'Node − 24',
        'Node + 26',
      ],
    },
  ]);
});

test('a change of code that left the description alone is reported and does not forbid a comparison', () => {
  const code = obstaclesOf('tick', someRun('tick', { experiment: 'aaa' }), someRun('tick', { experiment: 'bbb' }));
  expect(code).toEqual([{ claim: 'tick', what: 'code', parts: ['hash'], details: ['hash − aaa', 'hash + bbb'] }]);
  expect(areComparable(code)).toBe(true);
  expect(areComparable(between({ method: 'By looking twice.' }))).toBe(false);
  const old = someRun('tick', { schema: 1 });
  delete old.experiment;
  expect(obstaclesOf('tick', old, someRun('tick', { experiment: 'bbb' }))).toEqual([]);
});

test('finds that the workload of a tick was narrowed between two runs of reducer-budget', () => {
  const runAt = (commit: string) =>
    parseEvidence(readFileSync(`tools/evidence/fixtures/${commit}/reducer-budget.json`, 'utf8'));
  const [first, ...more] = obstaclesOf('reducer-budget', runAt('93116d6'), runAt('d8628f3'));
  expect(more).toEqual([]);
  expect(first).toMatchObject({ what: 'experiment', parts: ['method', 'workload', 'figures', 'limits'] });
  expect(first?.details).toContain('workload − subject: the tick, 1,000 of 10,000 act');
});
