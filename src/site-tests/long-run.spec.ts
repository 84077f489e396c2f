import { readFileSync } from 'node:fs';
import { listEvidence, LONG, readEvidence } from '../../claims/evidence-file.ts';
import { expect, test } from './site.fixture.ts';

for (const claim of listEvidence('.', LONG)) {
  test(`the page of ${claim} shows the longer run next to the usual one, with its commit and its data`, async ({
    page,
    request,
  }) => {
    const run = readEvidence('.', claim, LONG);
    if (run.verdict === 'not measured') throw new Error('a long run was measured, or it has no file');
    await page.goto(`/claims/${claim}/`);
    await expect(page.getByRole('heading', { name: 'A longer run' })).toBeVisible();
    const main = page.locator('main');
    await expect(main).toContainText(`${run.verdict}: ${run.headline}`);
    await expect(main).toContainText(`measured at ${run.provenance.commit.slice(0, 7)}`);
    const table = page.getByRole('region', { name: 'A longer run' });
    await expect(table.getByRole('row')).toHaveCount(1 + run.checks.filter(({ arm }) => arm === 'subject').length);
    const file = `${LONG}/${claim}.json`;
    await expect(page.getByRole('link', { name: file })).toHaveAttribute('href', `/${file}`);
    expect(await (await request.get(`/${file}`)).text()).toBe(readFileSync(file, 'utf8'));
  });
}
