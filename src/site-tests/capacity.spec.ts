import type { Page } from 'playwright/test';
import { HOURS } from '../lib/month-cost.ts';
import { DEFAULTS } from '../lib/month-defaults.ts';
import { expect, test } from './site.fixture.ts';

const PAGE = '/capacity/';
const machine = DEFAULTS.find(({ name }) => name === 'machinePrice')?.given?.value ?? NaN;
const dollars = (value: number) => `$${value.toFixed(2)}`;
const result = (page: Page, name: string) => page.locator(`[data-result="${name}"]`);

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page shows every default with its source, and the results', async ({ page }) => {
    await page.goto(PAGE);
    await expect(page.locator('[data-assumption]')).toHaveCount(DEFAULTS.length);
    await expect(page.locator('month-cost input')).toHaveCount(0);
    await expect(page.getByRole('row', { name: /^Agents that think/ })).toContainText('1,000');
    await expect(result(page, 'machine')).toHaveText(dollars(machine * HOURS));
    await expect(result(page, 'total')).toContainText('$');
  });
});

test('by keyboard alone a reader changes an assumption, sees the results follow, and hears the sum', async ({
  page,
}) => {
  await page.goto(PAGE);
  const field = page.getByRole('spinbutton', { name: /^Machine/ });
  await expect(field).toHaveAccessibleDescription(/^Cited: /);
  await page.getByRole('spinbutton', { name: /^A million tokens of answer/ }).focus();
  await page.keyboard.press('Tab');
  // The link of the source comes before the field of its row.
  if (!(await field.evaluate((element) => element === document.activeElement))) await page.keyboard.press('Tab');
  await expect(field).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('1');
  await expect(result(page, 'machine')).toHaveText(dollars(HOURS));
  await expect(page.locator('month-cost [role="status"]')).toHaveText(/^A month costs \$[\d,.]+ in all\.$/);
});

test('a field without a number is marked, and its results are empty', async ({ page }) => {
  await page.goto(PAGE);
  const field = page.getByRole('spinbutton', { name: /^Machine/ });
  await field.fill('');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(result(page, 'machine')).toHaveText('–');
  await field.fill('-1');
  await expect(result(page, 'machine')).toHaveText('–');
});

test('on a phone the page does not scroll sideways, and each field is reachable in its table', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(PAGE);
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(sideways).toBe(0);
  for (const field of await page.locator('month-cost input').all()) {
    const box = await field.boundingBox();
    expect((box?.x ?? 390) + (box?.width ?? 390)).toBeLessThanOrEqual(390);
  }
});

test('the claims page counts where the figures come from', async ({ page }) => {
  await page.goto('/claims/#figures');
  const count = (row: RegExp) => page.getByRole('row', { name: row }).getByRole('cell').last();
  for (const row of [/^from evidence/, /^of these, to the digit/, /^from a source/, /^typed by hand/])
    expect(Number(await count(row).innerText())).toBeGreaterThan(0);
});
