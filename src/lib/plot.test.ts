import { parseHTML } from 'linkedom';
import { expect, test } from 'playwright/test';
import { someCheck } from '../../claims/evidence.fixture.ts';
import { plotDistributions, plotTallies, WIDTHS } from './plot.ts';
import { someDistribution } from './run.fixture.ts';

function draw(svg: string) {
  const { document } = parseHTML(`<html><body>${svg}</body></html>`);
  const texts = [...document.querySelectorAll('text')].map(({ textContent }) => textContent);
  return { document, texts };
}

test('each arm is a curve with its name, and the limit a line with its value', () => {
  const { document, texts } = draw(
    plotDistributions([someDistribution(), someDistribution({ arm: 'control' }, 30)], someCheck({ limit: 20 })),
  );
  expect(document.querySelectorAll('[aria-label="line"]')).toHaveLength(2);
  expect(texts).toEqual(expect.arrayContaining(['subject', 'control', 'limit 20\u00a0ms', 'lateness (ms) →']));
});

test('the share that a quantile is about is drawn, and no share for another figure', () => {
  const rulesOf = (name: string) =>
    draw(plotDistributions([someDistribution()], someCheck({ name }))).document.querySelectorAll(
      '[aria-label="rule"][stroke-dasharray="1 3"]',
    ).length;
  expect(rulesOf('lateness.p99')).toBe(1);
  expect(rulesOf('lateness.max')).toBe(1);
  expect(rulesOf('lateness.mean')).toBe(0);
});

test('the axis is logarithmic once another arm is much wider than the subject', () => {
  const labelWith = (max: number) =>
    draw(plotDistributions([someDistribution(), someDistribution({ arm: 'control' }, max)])).texts.find((text) =>
      text?.startsWith('lateness'),
    );
  expect(labelWith(100)).toBe('lateness (ms) →');
  expect(labelWith(1_000)).toBe('lateness (ms, logarithmic) →');
});

test('on a narrow screen a plot has its own width, and outcomes stand above their bars', () => {
  const narrow = draw(plotDistributions([someDistribution()], undefined, 'narrow')).document.querySelector('svg');
  expect(narrow?.getAttribute('width')).toBe(`${WIDTHS.narrow}`);
  const bars = draw(
    plotTallies([{ arm: 'subject', label: 'calls', outcomes: { refused: 1_200, committed: 0 } }], 'narrow'),
  );
  expect(bars.texts).toEqual(expect.arrayContaining(['calls: refused', '1,200', 'calls: committed', '0']));
});

test('outcomes are bars with their counts', () => {
  const { document, texts } = draw(
    plotTallies([{ arm: 'subject', label: 'calls', outcomes: { refused: 1_200, committed: 0 } }]),
  );
  expect(document.querySelectorAll('[aria-label="bar"] rect')).toHaveLength(2);
  expect(texts).toEqual(expect.arrayContaining(['calls: refused', '1,200', 'calls: committed', '0']));
});

test('a plot is hidden from assistive technology, because the figure around it has the text', () => {
  const { document } = draw(plotDistributions([someDistribution()]));
  expect(document.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
  expect(document.querySelector('svg')?.hasAttribute('role')).toBe(false);
});
