import { expect, test } from 'playwright/test';
import type { Check, Evidence, State } from '../../claims/evidence.ts';
import { share, weakest } from './margin.ts';

const check = (
  value: number,
  limit: number,
  comparison: Check['comparison'] = 'at most',
  arm: Check['arm'] = 'subject',
) =>
  ({
    arm,
    name: 'x',
    says: 'X',
    value,
    unit: 'ms',
    comparison,
    limit,
    timeless: false,
    gates: true,
    ok: true,
    rounds: [],
  }) as Check;
const claim = (id: string, state: State, checks: Check[]) => ({
  id,
  state,
  evidence: { verdict: 'holds', checks } as unknown as Evidence,
});

test('a share says how much of its limit a figure uses', () => {
  expect(share(check(3, 10))).toBeCloseTo(0.3);
  expect(share(check(20, 10, 'at least'))).toBeCloseTo(0.5);
  expect(share(check(0, 0, 'exactly'))).toBeUndefined();
});

test('the weakest claim is the one that holds closest to a limit of its own mechanism', () => {
  const claims = [
    claim('far', 'holds', [check(1, 10)]),
    claim('near', 'holds', [check(2, 10), check(9.2, 10)]),
    claim('counted', 'holds', [check(10, 10, 'at least')]),
    claim('broken', 'fails', [check(99, 10)]),
    claim('control', 'holds', [check(10, 10, 'at most', 'control')]),
  ];
  expect(weakest(claims)).toMatchObject({ claim: { id: 'near' } });
  expect(weakest([])).toBeUndefined();
});
