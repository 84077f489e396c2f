import { expect, test } from 'playwright/test';
import { generated, SCHEMA, type Evidence } from '../../claims/evidence.ts';
import { someRun } from '../../claims/evidence.fixture.ts';
import { measuredRow } from './claim-rows.ts';

const BEGAN = new Date('2026-11-22T22:00:00.000Z');
const runAt = (startedAt: string) => someRun('tick', { provenance: { ...someRun('tick').provenance, startedAt } });
const rowOf = (before: Evidence | undefined, after: Evidence | undefined) =>
  measuredRow('.', { claim: 'tick', before, after }, BEGAN);

test('says that a run left nothing new, and does not repeat older evidence', () => {
  const old = runAt('2026-11-22T21:59:59.999Z');
  expect(rowOf(old, old)).toEqual(['tick', 'no new evidence', '', '']);
  expect(rowOf(undefined, undefined)).toEqual(['tick', 'no evidence', '', '']);
});

test('lists what the run found, or could not measure, with what that changed', () => {
  const old = runAt('2026-11-22T21:59:59.999Z');
  const now = runAt('2026-11-22T22:00:00.000Z');
  expect(rowOf(old, now)).toEqual(['tick', 'stale', 'p99 3.1 ms of 10 ms', 'as before']);
  const planned: Evidence = {
    schema: SCHEMA,
    generated,
    claim: 'tick',
    verdict: 'not measured',
    reason: 'not yet',
    because: 'planned',
  };
  expect(rowOf(planned, planned)).toEqual(['tick', 'not measured', 'not yet', 'as before']);
});
