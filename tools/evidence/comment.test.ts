import { readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import type { Check } from '../../claims/check.ts';
import { parseEvidence, type Run } from '../../claims/evidence.ts';
import { someCheck, someRun } from '../../claims/evidence.fixture.ts';
import { historyEntryOf } from '../../claims/history.ts';
import { commentOf, MARK, type Compared } from './comment.ts';
import { sparkline } from './sparkline.ts';

const at = (value: number, changes: Partial<Run> = {}, check: Partial<Check> = {}): Run =>
  someRun('tick', { checks: [someCheck({ value, rounds: [value, value, value], ...check })], ...changes });
const dayOf = (day: number) => ({
  provenance: { ...someRun('tick').provenance, startedAt: `2026-11-${day}T00:00:00.000Z` },
});
const history = [3, 3.2, 2.8].map((value, index) => historyEntryOf(at(value, dayOf(10 + index))));
const comment = (claims: Partial<Compared>[], quick: Run[] = []) =>
  commentOf({
    base: '62d30f5',
    head: '2662a97',
    claims: claims.map((one) => ({ name: 'tick', before: at(3), after: at(3), state: 'holds', history, ...one })),
    quick,
  });
const rowOf = (text: string) => text.split('\n').find((line) => line.startsWith('| tick'));
const cells = (text: string) =>
  rowOf(text)
    ?.split('|')
    .map((cell) => cell.trim())
    .slice(1, -1);

test('the first line is bold and says how many claims hold and whether anything crossed a limit', () => {
  const [first] = comment([{}, { name: 'other', state: 'stale' }]).split('\n');
  expect(first).toBe('**1 holds, 1 stale. Nothing crossed a limit.**');
  const crossed = comment([{ after: at(11, { verdict: 'fails' }, { ok: false }), state: 'fails' }]);
  expect(crossed.split('\n')[0]).toBe('**0 hold, 1 fails. 1 verdict changed, 1 figure crossed a limit, 1 worse.**');
});

test('a figure shows its change in per cent, its share of the limit and its earlier runs', () => {
  const text = comment([{ after: at(6, dayOf(20)) }]);
  expect(cells(text)).toEqual(['tick', 'Lateness p99', '3 ms', '6 ms', '+100 %', '███░░ 60 %', '▁▂▁█', 'worse']);
  expect(text).not.toContain('<details><summary>1 figure');
});

test('what earlier runs vary by is noise even if the rounds lie apart, and noise is folded', () => {
  const text = comment([{ after: at(3.2, dayOf(20)) }]);
  expect(cells(text)?.at(-1)).toBe('noise');
  expect(text).toMatch(/<details><summary>1 figure within noise, or not comparable<\/summary>[^]*\| tick/);
});

test('with too few earlier runs the rounds decide', () => {
  expect(cells(comment([{ after: at(3.2, dayOf(20)), history: history.slice(1) }]))?.at(-1)).toBe('worse');
});

test('a changed experiment comes before all figures, which are then not judged', () => {
  const fixture = (commit: string) =>
    parseEvidence(readFileSync(`tools/evidence/fixtures/${commit}/reducer-budget.json`, 'utf8'));
  const text = comment([{ name: 'reducer-budget', before: fixture('d8628f3'), after: fixture('93116d6') }]);
  const experiment = text.indexOf('⚠ The experiment of reducer-budget changed');
  expect(experiment).toBeGreaterThan(0);
  expect(experiment).toBeLessThan(text.indexOf('| Claim'));
  expect(text).not.toMatch(/\| (?:better|worse) +\|/);
});

test('another machine is named once for all its claims', () => {
  const after = at(3, { provenance: { ...someRun('tick').provenance, cpu: 'another' } });
  const text = comment([{ after }, { name: 'tock', after }]);
  expect(text).toContain('⚠ Another machine (CPU − a machine; CPU + another), so no figure is judged of: tick, tock.');
});

test('what this run measured itself is there, and it says so when it measured nothing', () => {
  const quick = comment([], [at(4)]);
  expect(quick).toContain('Measured in this run, in the short form on 2 cores: 1 holds');
  expect(quick).toContain('| tick  | holds   | p99 3.1 ms of 10 ms |');
  expect(comment([])).toContain('This run measured no claim.');
});

test('a comment ends with its mark and fits into what GitHub takes', () => {
  const after = at(3, { method: 'A sentence. '.repeat(9_000) });
  const text = comment([{ after }]);
  expect(text.trimEnd().endsWith(MARK)).toBe(true);
  expect(text.length).toBeLessThan(65_536);
});

test('a row of bars goes from the smallest value to the largest', () => {
  expect(sparkline([1, 2, 3])).toBe('▁▅█');
  expect(sparkline([2, 2])).toBe('▁▁');
  expect(sparkline(Array.from({ length: 20 }, (_, index) => index))).toHaveLength(12);
});
