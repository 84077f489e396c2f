import { freePort } from '../../spike/host/port.ts';
import { DATABASE } from '../../spike/start/region.ts';
import { addressOf, expect, place, seeMove, state, test } from './live.fixture.ts';

test('by keyboard a reader learns who is in a place', async ({ page, world }) => {
  await page.goto(addressOf(world.host.url, world.database));
  await expect(page.getByRole('heading', { name: 'The Salt Gate' })).toBeVisible();
  await place(page, 'The Salt Gate').focus();
  await page.keyboard.press('Tab');
  await expect(place(page, 'The Market')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(place(page, 'The Market')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('heading', { name: 'The Market' })).toBeVisible();
  await expect(page.getByText(/\bOdo\b/).first()).toBeVisible();
});

for (const reducedMotion of ['reduce', 'no-preference'] as const) {
  const how = reducedMotion === 'reduce' ? 'jump from place to place' : 'are seen on their way';
  test(`agents ${how} for readers with ${reducedMotion} in motion`, async ({ browser, site }) => {
    const page = await browser.newPage({ baseURL: site, reducedMotion });
    // Notes every dot that is drawn outside of all places.
    await page.addInitScript(() => {
      const arc = Object.getOwnPropertyDescriptor(CanvasRenderingContext2D.prototype, 'arc')?.value as (
        ...circle: Parameters<CanvasRenderingContext2D['arc']>
      ) => void;
      const drawn = { inside: 0, outside: 0 };
      Object.assign(window, { drawn });
      CanvasRenderingContext2D.prototype.arc = function (x, y, ...rest) {
        const frame = this.canvas.getBoundingClientRect();
        const inside = [...document.querySelectorAll('.map .circle')].some((circle) => {
          const { x: left, y: top, width } = circle.getBoundingClientRect();
          return Math.hypot(left - frame.x + width / 2 - x, top - frame.y + width / 2 - y) < width / 2;
        });
        drawn[inside ? 'inside' : 'outside']++;
        return arc.call(this, x, y, ...rest);
      };
    });
    const seen = () => page.evaluate(() => (window as unknown as { drawn: Record<string, number> }).drawn);
    await page.goto(addressOf(`http://127.0.0.1:${await freePort()}`, DATABASE));
    await expect(state(page)).toContainText('A recording.');
    await seeMove(page);
    if (reducedMotion === 'reduce') {
      expect((await seen())['inside']).toBeGreaterThan(0);
      expect((await seen())['outside']).toBe(0);
    } else {
      await expect.poll(async () => (await seen())['outside']).toBeGreaterThan(0);
    }
    await page.close();
  });
}

test('on a narrow screen there is one column, and every place is within it', async ({ page, world }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(addressOf(world.host.url, world.database));
  await expect(state(page)).toContainText('Live:');
  await expect(page.locator('.map button')).toHaveCount(20);
  for (const box of await page.locator('.map button').all()) {
    const { x = -1, width = 0 } = (await box.boundingBox()) ?? {};
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(360);
  }
  const [map, plots] = [await page.locator('.world').boundingBox(), await page.locator('.plots').boundingBox()];
  expect((map?.y ?? 0) + (map?.height ?? 0)).toBeLessThanOrEqual(plots?.y ?? 0);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page says what it would show and how to run a world', async ({ page }) => {
    await page.goto('/live/');
    await expect(page.locator('noscript p').first()).toContainText('To see a world you need JavaScript');
    await expect(page.locator('noscript p').first()).toBeVisible();
    await expect(page.getByText('npm start').first()).toBeVisible();
    await expect(page.locator('.live')).toBeHidden();
  });
});
