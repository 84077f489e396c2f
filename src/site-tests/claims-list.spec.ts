import { listEvidence } from '../../claims/evidence-file.ts';
import { expect, test } from './site.fixture.ts';

const claims = listEvidence('.');

test('the list has each claim once, and shows the claims of a record or a risk on request', async ({ page }) => {
  await page.goto('/claims/');
  const rows = page.locator('main table.claims tbody tr');
  await expect(rows).toHaveCount(claims.length);
  await page.getByLabel('Risk').selectOption('Single writer');
  await expect(rows.filter({ visible: true })).not.toHaveCount(claims.length);
  await expect(page.locator('main tr:not([hidden]) a[href="/claims/reducer-budget/"]').first()).toBeVisible();
  await expect(page.locator('main tr[hidden] a[href="/claims/pinned/"]').first()).toBeHidden();
  await expect(page.locator('main output')).toContainText(`of ${claims.length} claims`);
  await expect(page).toHaveURL(/risk=Single\+writer/);
  await page.reload();
  await expect(page.getByLabel('Risk')).toHaveValue('Single writer');
  await page.getByLabel('Risk').selectOption('');
  await expect(rows.filter({ visible: true })).toHaveCount(claims.length);
});
