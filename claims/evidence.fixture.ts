import type { Check } from './check.ts';
import { generated, SCHEMA, type Run } from './evidence.ts';

/** A figure of an invented run: 3 ms of 10 ms, the same in each round. */
export function someCheck(changes: Partial<Check> = {}): Check {
  return {
    arm: 'subject',
    name: 'lateness.p99',
    label: 'Lateness p99',
    value: 3.095,
    unit: 'ms',
    comparison: 'at most',
    limit: 10,
    loadProof: false,
    gating: true,
    ok: true,
    rounds: [3.085, 3.064, 3.11],
    ...changes,
  };
}

/** Lawful evidence of an invented claim that holds, for tests that make it wrong in one place. */
export function someRun(claim: string, changes: Partial<Run> = {}): Run {
  return {
    schema: SCHEMA,
    generated,
    claim,
    set: 'core',
    experiment: 'e',
    verdict: 'holds',
    reason: '',
    headline: 'p99 3.1 ms of 10 ms',
    kind: 'measured',
    why: 'Because.',
    method: 'By looking.',
    control: 'By looking away.',
    checks: [
      someCheck(),
      someCheck({ arm: 'control', value: 150, comparison: 'at least', limit: 100, rounds: [140, 150, 160] }),
    ],
    distributions: [],
    tallies: [],
    provenance: {
      host: '1.2.0',
      sdk: '1.3.3',
      modules: { production: 'a', lab: 'b' },
      commit: 'c',
      dirty: false,
      cpu: 'a machine',
      cores: 2,
      memoryGiB: 24,
      os: 'Linux',
      node: '24',
      load: {
        before: 0,
        after: 0,
        heartbeatP99Ms: 1,
        heartbeatMaxMs: 2,
        idle: { before: { p99Ms: 1, maxMs: 2 }, after: { p99Ms: 1, maxMs: 2 } },
      },
      startedAt: '2026-11-22T22:45:11.361Z',
      seconds: 60,
      mode: 'full',
      command: `npm run evidence -- ${claim}`,
    },
    sources: { sha256: 'd', patterns: ['a'] },
    ...changes,
  };
}
