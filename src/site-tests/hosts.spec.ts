import { readFileSync } from 'node:fs';
import { readHosts } from '../../claims/hosts.ts';
import { expect, test } from './site.fixture.ts';

const { hosts } = readHosts('.');
const claim = 'interval-drift';

for (const { version, evidence, note } of hosts) {
  test(`a claim page shows host ${version} with commit, day and note, and never as fresh or stale`, async ({
    page,
  }) => {
    const run = evidence.get(claim);
    if (run?.verdict !== 'fails') throw new Error(`${claim} is expected to fail on ${version}`);
    await page.goto(`/claims/${claim}/`);
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: version, exact: true }) });
    await expect(row).toContainText('fails');
    await expect(row).toContainText(`measured at ${run.provenance.commit.slice(0, 7)}, 26 November 2026`);
    await expect(row).not.toContainText(/stale|fresh/);
    await expect(page.locator('main')).toContainText(`On ${version}: ${run.reason}`);
    await page.getByText(`How host ${version} was built`).click();
    await expect(page.locator('.host-note li').first()).toBeVisible();
    expect(note).toContain((await page.locator('.host-note li').first().innerText()).slice(0, 20));
  });

  test(`the evidence of host ${version} is served as it was written`, async ({ request }) => {
    const response = await request.get(`/evidence/hosts/${version}/${claim}.json`);
    expect(await response.text()).toBe(readFileSync(`evidence/hosts/${version}/${claim}.json`, 'utf8'));
  });
}
