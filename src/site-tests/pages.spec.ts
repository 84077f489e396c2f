import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright/test';
import { axeFaults, contrastFaults } from './axe.fixture.ts';
import { builtPages } from './built-pages.fixture.ts';
import { drawingFaults, overflow, plotFaults, tableFaults } from './layout.fixture.ts';
import { expect, test } from './site.fixture.ts';

/** In kB, gzipped: what a reader's browser downloads as script before anything is asked of it. */
const SCRIPT_LIMITS_KB: Readonly<Record<string, number>> = { '/live/': 200 };
const SCRIPT_LIMIT_KB = 60;

const [WIDE, NARROW, NARROWEST] = [1_280, 390, 360];

test.use({ colorScheme: 'light', viewport: { width: WIDE, height: 900 } });

test('the site was built before its pages were listed', () => {
  expect(builtPages.length).toBeGreaterThan(30);
});

// One visit answers everything: loading a page takes as long as one of these checks.
for (const path of builtPages) {
  test(`${path} is accessible and whole on a desk and on a phone, in light and dark, and is light`, async ({
    page,
  }) => {
    const scripts = scriptsOf(page);
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.goto(path);
    await everythingScrollsByKey(page);
    expect.soft(await axeFaults(page), `axe at ${WIDE} px, light`).toEqual([]);
    expect.soft(await tableFaults(page), 'words in tables that break, tables that are cut off').toEqual([]);
    expect.soft(await plotFaults(page), `words of plots that are cut off at ${WIDE} px`).toEqual([]);
    expect.soft(await drawingFaults(page), 'diagrams without a picture').toEqual([]);
    await page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'));
    expect.soft(await contrastFaults(page), `axe at ${WIDE} px, dark`).toEqual([]);

    await page.setViewportSize({ width: NARROW, height: 844 });
    await everythingScrollsByKey(page);
    expect.soft(await axeFaults(page), `axe at ${NARROW} px, dark`).toEqual([]);
    expect.soft(await plotFaults(page), `words of plots that are cut off at ${NARROW} px`).toEqual([]);
    await page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'));
    expect.soft(await contrastFaults(page), `axe at ${NARROW} px, light`).toEqual([]);

    await page.setViewportSize({ width: NARROWEST, height: 640 });
    expect.soft(await overflow(page), 'pixels wider than a narrow screen').toBe(0);
    const total = [...scripts.values()].reduce((sum, size) => sum + size, 0);
    expect.soft(errors, 'errors of scripts').toEqual([]);
    expect.soft(total, 'kB of script').toBeLessThanOrEqual(SCRIPT_LIMITS_KB[path] ?? SCRIPT_LIMIT_KB);
  });
}

/** The size of each script that the page has asked for, in kB, gzipped. */
function scriptsOf(page: Page): Map<string, number> {
  const scripts = new Map<string, number>();
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    const { pathname } = new URL(response.url());
    scripts.set(pathname, gzipSync(readFileSync(`dist${pathname}`)).length / 1_000);
  });
  return scripts;
}

/** Long lines of code and wide tables can be scrolled by key once a script has measured them. */
async function everythingScrollsByKey(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const isReached = (element: HTMLElement) =>
      element.scrollWidth <= element.clientWidth ||
      element.tabIndex === 0 ||
      !/auto|scroll/.test(getComputedStyle(element).overflowX);
    return [...document.querySelectorAll<HTMLElement>('pre, main table')].every(isReached);
  });
}
