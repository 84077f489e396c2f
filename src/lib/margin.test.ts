import { expect, test } from 'playwright/test';
import { someCheck, someRun } from '../../claims/evidence.fixture.ts';
import type { Check } from '../../claims/check.ts';
import type { State } from '../../claims/state.ts';
import { weakest } from './margin.ts';

const check = (changes: Partial<Check>) => someCheck({ rounds: [], ...changes });
const claim = (id: string, state: State, checks: Check[]) => ({ id, state, evidence: someRun(id, { checks }) });

test('the weakest claim is the one whose worst round is closest to a limit of its own mechanism', () => {
  const claims = [
    claim('far', 'holds', [check({ value: 1 })]),
    claim('pooled', 'holds', [check({ value: 6, rounds: [6, 6, 6] })]),
    claim('near', 'holds', [check({ value: 2 }), check({ value: 5, rounds: [3, 9.2, 3] })]),
    claim('ratio', 'holds', [check({ unit: '×', value: 1.1, limit: 1.2, rounds: [1.1] })]),
    claim('counted', 'holds', [check({ comparison: 'at least', value: 10, limit: 10 })]),
    claim('broken', 'fails', [check({ value: 99 })]),
    claim('control', 'holds', [check({ arm: 'control', value: 10 })]),
    claim('ungated', 'holds', [check({ gating: false, value: 10 })]),
  ];
  const found = weakest(claims);
  expect(found?.claim.id).toBe('near');
  expect(found?.share).toBeCloseTo(0.92);
  expect(weakest([])).toBeUndefined();
});
