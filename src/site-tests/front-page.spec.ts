import { readFileSync, existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from './site.fixture.ts';

/** In kB, gzipped: everything that a first visit downloads. */
const TRANSFER_LIMIT_KB = 120;
const PARTS = ['.verdict', '.picture', '.numbers', '#hurts', '#unknown', '#change', '.hosts', '.commands'];

for (const [width, colorScheme] of [
  [390, 'light'],
  [390, 'dark'],
  [1280, 'light'],
  [1280, 'dark'],
] as const) {
  test(`at ${width} px, ${colorScheme}, the front page shows every part of the decision`, async ({
    browser,
    site,
  }, info) => {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, baseURL: site });
    await page.goto('/');
    for (const part of PARTS) {
      const box = (await page.locator(`.decision ${part}`).boundingBox())!;
      expect(box.x + box.width, part).toBeLessThanOrEqual(width);
      // On a desk nobody has to scroll to know what was decided and what could go wrong.
      if (width === 1280) expect(box.y + box.height, part).toBeLessThanOrEqual(800);
    }
    await page.screenshot({ path: info.outputPath('front.png'), fullPage: true });
    await page.close();
  });
}

test(`a first visit to the front page transfers at most ${TRANSFER_LIMIT_KB} kB`, async ({ page }) => {
  const sizes = new Map<string, number>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    const file = `dist${pathname.endsWith('/') ? `${pathname}index.html` : pathname}`;
    if (existsSync(file)) sizes.set(pathname, gzipSync(readFileSync(file)).length / 1_000);
  });
  await page.goto('/', { waitUntil: 'networkidle' });
  expect(sizes.size).toBeGreaterThan(3);
  expect([...sizes.values()].reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(TRANSFER_LIMIT_KB);
});
