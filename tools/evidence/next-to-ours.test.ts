import { expect, test } from 'playwright/test';
import { someCheck, someRun } from '../../claims/evidence.fixture.ts';
import { nextToOurs } from './next-to-ours.ts';

test('shows the first figure of both runs with its limit, and both machines', () => {
  const ours = someRun('tick');
  const yours = someRun('tick', {
    verdict: 'fails',
    checks: [someCheck({ value: 12, ok: false })],
    provenance: { ...ours.provenance, cpu: 'your machine', cores: 8 },
  });
  const lines = nextToOurs([{ claim: 'tick', ours, yours }]).split('\n');
  expect(
    lines
      .find((line) => line.startsWith('| tick'))
      ?.split('|')
      .map((cell) => cell.trim()),
  ).toEqual(['', 'tick', 'Lateness p99', 'at most 10 ms', '3.1 ms (holds)', '12 ms (fails)', '']);
  expect(lines.at(-2)).toBe('Ours:  a machine, 2 cores, host 1.2.0');
  expect(lines.at(-1)).toBe('Yours: your machine, 8 cores, host 1.2.0');
});

test('a claim that only one of the two has measured shows a dash for the other', () => {
  const text = nextToOurs([{ claim: 'tick', ours: undefined, yours: someRun('tick') }]);
  expect(text).toMatch(/\| –\s+\| 3\.1 ms \(holds\)/);
  expect(text).toContain('Ours:  nothing was measured');
});
