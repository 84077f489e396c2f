import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { someRun } from './evidence.fixture.ts';
import { appendHistory, readHistory } from './history.ts';

let evidence: string;
test.beforeEach(() => {
  evidence = mkdtempSync(join(tmpdir(), 'spellkave-history-'));
});
test.afterEach(() => rmSync(evidence, { recursive: true }));

test('a claim without history has no entries', () => {
  expect(readHistory(evidence, 'tick')).toEqual([]);
});

test('each run becomes one line with its figures, limits, machine and experiment', () => {
  appendHistory(evidence, someRun('tick'));
  appendHistory(evidence, someRun('tick', { verdict: 'fails', experiment: 'another' }));
  appendHistory(evidence, someRun('tock'));
  const entries = readHistory(evidence, 'tick');
  expect(entries.map(({ verdict, experiment }) => [verdict, experiment])).toEqual([
    ['holds', 'e'],
    ['fails', 'another'],
  ]);
  expect(entries[0]).toMatchObject({ commit: 'c', host: '1.2.0', machine: { cpu: 'a machine', cores: 2 } });
  expect(entries[0]?.figures[0]).toEqual({
    anchor: 'lateness.p99',
    unit: 'ms',
    value: 3.095,
    rounds: [3.085, 3.064, 3.11],
    comparison: 'at most',
    limit: 10,
  });
  expect(entries[0]?.figures[1]?.anchor).toBe('control.lateness.p99');
});

test('rejects a line that breaks the schema, with file, line and field', () => {
  appendHistory(evidence, someRun('tick'));
  appendFileSync(join(evidence, 'history/tick.ndjson'), '{"schema":1,"claim":"tick"}\n');
  expect(() => readHistory(evidence, 'tick')).toThrow(/history\/tick\.ndjson:2: .*verdict/s);
});
