import { expect, test } from 'playwright/test';
import { someCheck, someRun } from '../../claims/evidence.fixture.ts';
import { generated, SCHEMA, type Evidence } from '../../claims/evidence.ts';
import type { State } from '../../claims/state.ts';
import { chipHtml } from './chip-html.ts';
import { chipOf, spoken } from './chip.ts';
import { hrefUnder } from './site-path.ts';

const run = someRun('tick-cadence', { headline: 'p99 2.4 ms of 10 ms', checks: [someCheck({ value: 2.4 })] });

const chip = (state: State, evidence: Evidence) => chipOf({ id: 'tick-cadence', state, evidence });

test('a claim that holds shows its figure, limit, host and date', () => {
  const holds = chip('holds', run);
  expect([holds.shape, holds.word, holds.figure]).toEqual(['●', 'holds', 'p99 2.4 ms of 10 ms']);
  expect(spoken(holds)).toBe('Claim tick-cadence holds: p99 2.4 ms of 10 ms.');
  expect(holds.details).toBe('Limit: lateness p99 at most 10\u00a0ms. Measured 22 November 2026 on host 1.2.0.');
});

test('a claim that fails gives its reason first', () => {
  const fails = chip('fails', { ...run, verdict: 'fails', reason: 'lateness p99 was 14 ms' });
  expect(fails.shape).toBe('✕');
  expect(spoken(fails)).toBe('Claim tick-cadence fails: p99 2.4 ms of 10 ms.');
  expect(fails.details).toMatch(/^lateness p99 was 14 ms\. Limit: /);
});

test('an inconclusive claim says why', () => {
  const unsure = chip('inconclusive', { ...run, verdict: 'inconclusive', reason: 'the machine was overloaded' });
  expect(unsure.shape).toBe('◐');
  expect(spoken(unsure)).toBe('Claim tick-cadence is inconclusive: p99 2.4 ms of 10 ms.');
  expect(unsure.details).toContain('the machine was overloaded.');
});

test('a stale claim names the verdict it had', () => {
  const stale = chip('stale', run);
  expect(stale.shape).toBe('◌');
  expect(spoken(stale)).toBe('Claim tick-cadence is stale: p99 2.4 ms of 10 ms.');
  expect(stale.details).toContain('whose verdict was “holds”');
});

test('a planned claim gives its reason and no figure', () => {
  const reason = 'the archivist is not written yet';
  const planned = chip('not measured', {
    schema: SCHEMA,
    generated,
    claim: 'tick-cadence',
    verdict: 'not measured',
    reason,
    because: 'planned',
  });
  expect([planned.shape, planned.figure]).toEqual(['○', '']);
  expect(spoken(planned)).toBe('Claim tick-cadence is not measured.');
  expect(planned.details).toBe(`${reason}.`);
});

test('markup keeps what a run wrote as text', () => {
  const html = chipHtml(chip('holds', { ...run, headline: '3 < 4 & "so"' }), hrefUnder('/'));
  expect(html).toContain('3 &#60; 4 &#38; &#34;so&#34;');
});

test('without markup the chip still reads as its sentence', () => {
  const state = chip('holds', run);
  const link = /<a[^>]*>(.*)<\/a>/.exec(chipHtml(state, hrefUnder('/')))?.[1] ?? '';
  const text = link
    .replace(/<[^>]+>/g, '')
    .replace(state.shape, '')
    .replace(/\s+/g, ' ');
  expect(`${text.replace(' :', ':')}.`).toBe(spoken(state));
});
