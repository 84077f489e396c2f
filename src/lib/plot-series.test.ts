import { parseHTML } from 'linkedom';
import { expect, test } from 'playwright/test';
import { someCheck } from '../../claims/evidence.fixture.ts';
import type { Series } from '../../claims/series.ts';
import { describeSeries, phasesOf, plotSeries } from './plot-series.ts';

const SERIES: Series = {
  name: 'rows',
  label: 'Rows of events',
  unit: 'windows',
  points: [
    { second: 2, value: 1, phase: 'no archivist' },
    { second: 8, value: 4, phase: 'no archivist' },
    { second: 10, value: 1.1, phase: 'an archivist' },
    { second: 40, value: 1.05, phase: 'an archivist' },
  ],
};

test('a phase lasts until the next one begins', () => {
  expect(phasesOf(SERIES)).toEqual([
    { name: 'no archivist', from: 0, to: 8 },
    { name: 'an archivist', from: 8, to: 40 },
  ]);
});

test('the plot has a dot for each moment, names each phase and draws the limit', () => {
  const limit = someCheck({ name: 'rows.p90', unit: 'windows', limit: 1.2 });
  for (const width of ['wide', 'narrow'] as const) {
    const { document } = parseHTML(`<html><body>${plotSeries(SERIES, limit, width)}</body></html>`);
    expect(document.querySelectorAll('circle')).toHaveLength(4);
    const texts = [...document.querySelectorAll('text')].map(({ textContent }) => textContent);
    expect(texts).toEqual(
      expect.arrayContaining(['no archivist', 'an archivist', 'limit 1.2\u00a0windows', 'seconds of the run →']),
    );
  }
});

test('the names of two phases that follow each other stand in different rows', () => {
  const { document } = parseHTML(`<html><body>${plotSeries(SERIES, undefined, 'narrow')}</body></html>`);
  const rows = [...document.querySelectorAll('text')]
    .filter(({ textContent }) => /archivist/.test(textContent))
    .map((text) => text.closest('g[transform]')?.getAttribute('transform'));
  expect(new Set(rows).size).toBe(2);
});

test('a reader who does not see the plot hears how each phase began, ended and peaked', () => {
  expect(describeSeries(SERIES).replaceAll('\u00a0', ' ')).toBe(
    'Rows of events over the run. ' +
      'With no archivist, from second 0 to 8, from 1 windows to 4 windows, at most 4 windows. ' +
      'With an archivist, from second 8 to 40, from 1.1 windows to 1.05 windows, at most 1.1 windows.',
  );
});
