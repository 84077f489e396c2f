import type { Page, Worker } from 'playwright/test';
import { freePort } from '../../spike/host/port.ts';
import { DATABASE } from '../../spike/start/region.ts';
import type { Point } from './layout.ts';
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

/** Notes where the worker draws circles. @returns what it has drawn so far, in CSS pixels of the canvas */
async function noteDots(worker: Worker): Promise<() => Promise<Point[]>> {
  await worker.evaluate(() => {
    const { prototype } = OffscreenCanvasRenderingContext2D;
    const arc = Object.getOwnPropertyDescriptor(prototype, 'arc')?.value as (
      ...circle: Parameters<OffscreenCanvasRenderingContext2D['arc']>
    ) => void;
    const drawn: Point[] = [];
    Object.assign(globalThis, { drawn });
    prototype.arc = function (x, y, ...rest) {
      drawn.push({ x, y });
      return arc.call(this, x, y, ...rest);
    };
  });
  return () => worker.evaluate(() => (globalThis as unknown as { drawn: Point[] }).drawn);
}

const placesOf = (page: Page) =>
  page.evaluate(() => {
    const frame = document.querySelector('canvas.dots')!.getBoundingClientRect();
    return [...document.querySelectorAll('.map .circle')].map((circle) => {
      const { x, y, width } = circle.getBoundingClientRect();
      return { x: x - frame.x + width / 2, y: y - frame.y + width / 2, radius: width / 2 };
    });
  });

for (const reducedMotion of ['reduce', 'no-preference'] as const) {
  const how = reducedMotion === 'reduce' ? 'jump from place to place' : 'are seen on their way';
  test(`agents ${how} for readers with ${reducedMotion} in motion`, async ({ browser, site }) => {
    const page = await browser.newPage({ baseURL: site, reducedMotion });
    const started = page.waitForEvent('worker');
    await page.goto(addressOf(`http://127.0.0.1:${await freePort()}`, DATABASE));
    const drawnBy = await noteDots(await started);
    await expect(state(page)).toContainText('A recording.');
    await seeMove(page);
    const outside = async () => {
      const places = await placesOf(page);
      const isIn = (dot: Point) => places.some(({ x, y, radius }) => Math.hypot(dot.x - x, dot.y - y) < radius);
      return (await drawnBy()).filter((dot) => !isIn(dot)).length;
    };
    if (reducedMotion === 'reduce') {
      expect((await drawnBy()).length).toBeGreaterThan(0);
      expect(await outside()).toBe(0);
    } else {
      await expect.poll(outside).toBeGreaterThan(0);
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
