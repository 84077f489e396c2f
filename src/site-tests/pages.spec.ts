import { globSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { expect, test } from './site.fixture.ts';

/** In kB, gzipped: what a reader's browser downloads as script before anything is asked of it. */
const SCRIPT_LIMIT_KB = 60;
const LIVE_SCRIPT_LIMIT_KB = 200;

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Starlight's own search button shows its keys next to its name; a screen reader reads them separately. */
const STARLIGHT = '[data-open-modal]';

/** Every page of the built site, by its address. `npm test` builds it before the tests are collected. */
const pages = globSync('dist/**/index.html')
  .map((file) => `/${file.replaceAll('\\', '/').slice('dist/'.length, -'index.html'.length)}`)
  .sort();

test.use({ colorScheme: 'light' });

test('the site was built before its pages were listed', () => {
  expect(pages.length).toBeGreaterThan(30);
});

for (const path of pages) {
  test(`${path} is accessible in light and dark, fits a narrow screen, and is light`, async ({ page }) => {
    const scripts = new Map<string, number>();
    page.on('response', (response) => {
      if (response.request().resourceType() !== 'script') return;
      const { pathname } = new URL(response.url());
      scripts.set(pathname, gzipSync(readFileSync(`dist${pathname}`)).length / 1_000);
    });
    await page.goto(path);
    // Starlight lets the keyboard scroll long lines of code once it has measured them.
    await page.waitForFunction(() =>
      [...document.querySelectorAll('pre')].every((pre) => pre.scrollWidth <= pre.clientWidth || pre.tabIndex === 0),
    );
    expect(await faults(page, (axe) => axe.withTags(WCAG))).toEqual([]);
    // Of all the rules only contrast can come out otherwise in the other theme.
    await page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'));
    expect(await faults(page, (axe) => axe.withRules('color-contrast'))).toEqual([]);
    await page.setViewportSize({ width: 360, height: 640 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, 'pixels wider than a narrow screen').toBeLessThanOrEqual(0);
    const total = [...scripts.values()].reduce((sum, size) => sum + size, 0);
    expect(total).toBeLessThanOrEqual(path === '/live/' ? LIVE_SCRIPT_LIMIT_KB : SCRIPT_LIMIT_KB);
  });
}

async function faults(page: Page, narrow: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  // What passes is not described, and no page has frames: each would take longer than the rest.
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .exclude(STARLIGHT);
  const { violations } = await narrow(axe).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
