import type { Page } from 'playwright/test';
import { addressOf, counts, expect, mind, place, seeMove, state, test } from './live.fixture.ts';

test('a living world: its agents move, its clock is drawn, and host and world are named', async ({ page, world }) => {
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  await page.goto(addressOf(world.host.url, world.database));
  await expect(state(page)).toContainText(`Live: ${world.database} at ${world.host.url}, host ${world.host.version}`);
  await expect(page.getByText(/^Spellkave, tick [\d,]+$/)).toBeVisible();
  await expect.poll(async () => (await counts(page)).length).toBe(20);
  await expect.poll(() => inhabitants(page)).toBe(30);
  await seeMove(page);
  await expect(page.locator('dt:text-is("p99") + dd')).toHaveText(/^\d+\.\d ms$/);
  await expect(page.locator('dt:text-is("pending") + dd')).toHaveText(/^\d+$/);
  await expect.poll(() => page.locator('[data-part="lateness"] .line').getAttribute('d')).toMatch(/^M.*L.*L/);
  expect(failures).toEqual([]);
});

test('the owner stops the minds; the token is gone from the address and outlives a reload', async ({ page, world }) => {
  const [before] = await world.sql('SELECT * FROM mind_policy');
  await page.goto(addressOf(world.host.url, world.database, world.owner.token));
  await mind(page, 'Stopped').click();
  await expect(mind(page, 'Stopped')).toHaveAttribute('aria-pressed', 'true');
  const [after] = await world.sql('SELECT * FROM mind_policy');
  expect(after?.['calls_per_minute']).toEqual(before?.['calls_per_minute']);
  expect(after?.['mode']).not.toEqual(before?.['mode']);
  expect(page.url()).toContain(world.database);
  expect(page.url()).not.toContain('token');

  await page.reload();
  await expect(mind(page, 'Stopped')).toHaveAttribute('aria-pressed', 'true');
  await mind(page, 'Normal').click();
  await expect(mind(page, 'Normal')).toHaveAttribute('aria-pressed', 'true');
  expect(await world.sql('SELECT * FROM mind_policy')).toEqual([before]);
});

test('nobody else can, with no token or with one of another world, and both see why', async ({ page, world }) => {
  await page.goto(addressOf(world.host.url, world.database));
  await expect(page.getByText(/^Only the owner of the world may/)).toBeVisible();
  for (const mode of ['Normal', 'Slow', 'Stopped']) await expect(mind(page, mode)).toBeDisabled();
  await page.goto('about:blank');
  await page.goto(addressOf(world.host.url, world.database, 'a.b.c'));
  await expect(page.getByText(/^The host refused the token that this page had/)).toBeVisible();
  await expect(state(page)).toContainText('Live:');
  await expect(mind(page, 'Stopped')).toBeDisabled();
});

test('what a player says is shown as text, whatever it is, where it was said', async ({ page, world }) => {
  await page.goto(addressOf(world.host.url, world.database));
  await expect(state(page)).toContainText('Live:');
  const player = await world.player('Eve');
  const words = '<img src=x onerror="document.title = `gone`"> & <b>bold</b>';
  await world.call('act', [{ Say: words }], player);
  const feed = page.getByRole('list', { name: 'Events' });
  await expect(feed.getByText(`Eve says: ${words} The Salt Gate`)).toBeVisible();
  await expect(page.locator('.place').getByText(`Eve says: ${words}`)).toBeVisible();
  await feed.getByText('why').first().click();
  await expect(feed.getByText('a player’s own act.')).toBeVisible();
  expect(await page.locator('.live').locator('img, b').count()).toBe(0);
  await expect(page).toHaveTitle(/^A world, live/);
});

test.describe('a thousand agents', () => {
  test.use({ build: 'lab' });

  test('are all shown, and the page still answers', async ({ page, world }) => {
    await world.call('lab_populate', [1_000]);
    await world.call('set_tempo', [100, 10, 0]);
    await page.goto(addressOf(world.host.url, world.database));
    await expect(state(page)).toContainText('Live:');
    await expect.poll(() => inhabitants(page)).toBe(1_000);
    await place(page, 'The Market').click();
    await expect(page.getByRole('heading', { name: 'The Market' })).toBeVisible();
    await expect(page.getByText(/^and \d+ more$/)).toBeVisible();
  });
});

/** How many the page shows in all places; they are painted one frame after the page says that it is live. */
async function inhabitants(page: Page): Promise<number> {
  return (await counts(page)).reduce((sum, count) => sum + count, 0);
}
