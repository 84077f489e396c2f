import { expect, test } from './site.fixture.ts';

for (const [width, colorScheme] of [
  [390, 'light'],
  [1280, 'dark'],
] as const) {
  test(`at ${width} px, ${colorScheme}, a claim about single events shows each of them as a dot`, async ({
    browser,
    site,
  }, info) => {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, baseURL: site });
    await page.goto('/claims/crash-loss/');
    const plot = page
      .locator('main figure')
      .first()
      .locator(width < 640 ? '.narrow' : '.wide');
    await expect(plot.locator('svg circle')).toHaveCount(10);
    await expect(plot).toBeVisible();
    await page.screenshot({ path: info.outputPath('claim.png'), fullPage: true });
    await page.close();
  });
}
