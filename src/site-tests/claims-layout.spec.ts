import { expect, test } from './site.fixture.ts';

for (const [width, colorScheme] of [
  [390, 'light'],
  [390, 'dark'],
  [1280, 'light'],
  [1280, 'dark'],
] as const) {
  test(`at ${width} px, ${colorScheme}, the list of claims shows what each run found`, async ({ browser, site }) => {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, baseURL: site });
    await page.goto('/claims/');
    const rows = page.locator('main table.claims tbody tr');
    expect(await rows.count()).toBeGreaterThan(15);
    for (const row of await rows.all()) {
      const result = row.locator('td');
      await expect(result.locator('a.chip')).toBeVisible();
      const box = await result.boundingBox();
      expect(box!.width).toBeGreaterThan(200);
      expect(box!.x + box!.width).toBeLessThanOrEqual(width);
    }
    await page.close();
  });
}
