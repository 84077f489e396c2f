import { expect, test } from 'playwright/test';
import { parseEvidence } from '../evidence.ts';
import { someRun } from '../evidence.fixture.ts';
import { mode, provenanceOf } from './provenance.ts';

test('provenance names machine, versions, load and the command, in the form of the evidence', () => {
  const pulse = { p99Ms: 3, maxMs: 40 };
  const idle = { before: { p99Ms: 1, maxMs: 2 }, after: { p99Ms: 1, maxMs: 3 } };
  const stamped = { modules: { production: 'a', lab: 'b' }, commit: 'c', dirty: true };
  const startedAt = new Date(Date.now() - 2_000);
  const provenance = provenanceOf('tick', { stamped, host: '1.2.0', startedAt, loadBefore: 0.5, pulse, idle });
  expect(provenance).toMatchObject({
    ...stamped,
    host: '1.2.0',
    mode,
    seconds: 2,
    command: 'npm run evidence -- tick',
    load: { before: 0.5, heartbeatP99Ms: 3, heartbeatMaxMs: 40, idle },
  });
  expect(() => parseEvidence(JSON.stringify({ ...someRun('tick'), provenance }))).not.toThrow();
});

test('without SPELLKAVE_MODE a run is quick, so that it cannot write evidence for the record', () => {
  expect(mode).toBe('quick');
});
