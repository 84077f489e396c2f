import { listEvidence, readEvidence } from '../../claims/evidence-file.ts';
import { readRecords } from '../../records/record.ts';
import { expect, test } from './site.fixture.ts';

const RECORD = '/adr/0001-spacetimedb-as-world-runtime/';
const stated = readRecords('.').find(({ number }) => number === '0001')?.statements ?? [];
const claims = listEvidence('.');
const measured = claims.find((id) => readEvidence('.', id).verdict !== 'not measured') ?? '';

test('by keyboard alone a reader gets from a record to the experiment behind a sentence, and sees the details on the way', async ({
  page,
}) => {
  await page.goto(RECORD);
  const chip = page.locator(`.sl-markdown-content a.chip[href="/claims/${measured}/"]`);
  // Reached by Tab from the one before it, as a reader would, and not by a script's focus.
  await chip.evaluate((element) => {
    const links = [...document.querySelectorAll<HTMLElement>('a[href]')];
    links[links.indexOf(element as HTMLElement) - 1]?.focus();
  });
  await page.keyboard.press('Tab');
  await expect(chip).toBeFocused();
  await expect(page.locator(`#chip-${measured}`)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/claims/${measured}/`);
});

test('printed, a record shows the figures in words, and becomes a PDF', async ({ page }) => {
  await page.goto(RECORD);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator(`.sl-markdown-content #chip-${measured}`)).toBeVisible();
  expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
});

test('programs find every record and claim in llms.txt', async ({ request }) => {
  const text = await (await request.get('/llms.txt')).text();
  for (const id of claims) expect(text).toContain(`/evidence/${id}.json`);
  const [, record = ''] = /\]\((\/adr\/0001[^)]+\.md)\)/.exec(text) ?? [];
  expect(await (await request.get(record)).text()).toContain('## Decision Outcome');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the record shows its chips, a claim its plot, and the list each claim with its record and its risks', async ({
    page,
  }) => {
    await page.goto(RECORD);
    await expect(page.locator('.sl-markdown-content a.chip')).toHaveCount(stated.length);
    await page.goto(`/claims/${measured}/`);
    await expect(page.locator('main figure svg').first()).toBeVisible();
    await page.goto('/claims/');
    for (const id of claims) await expect(page.locator(`main th a[href="/claims/${id}/"]`).first()).toBeVisible();
    await expect(page.locator('main .claim-places', { hasText: 'Single writer' }).first()).toBeVisible();
  });
});
