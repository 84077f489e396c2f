import AxeBuilder from '@axe-core/playwright';
import { startHost } from '../../spike/host/host.ts';
import { buildModule } from '../../spike/host/module.ts';
import { freePort } from '../../spike/host/port.ts';
import { DATABASE } from '../../spike/start/region.ts';
import { raiseWorld } from '../../spike/start/world.ts';
import { addressOf, expect, mind, seeMove, state, test } from './live.fixture.ts';

test('where no world is, the page says so and replays a recorded one; a retry finds the world that has started', async ({
  page,
  binary,
  folder,
}) => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await page.goto(addressOf(url, DATABASE));
  await expect(state(page)).toContainText(`A recording. No world called ${DATABASE} answers at ${url}`);
  await expect(page.getByText(/recorded \d+ \w+ 20\d\d at \d\d:\d\d UTC on host \d/)).toBeVisible();
  await seeMove(page);
  const { violations } = await new AxeBuilder({ page }).include('.live').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  const host = await startHost({ binary, folder, port });
  try {
    await raiseWorld(host, await buildModule('production', console.log), folder);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(state(page)).toContainText(`Live: ${DATABASE} at ${url}`);
    await expect(page.getByText(/recorded/)).toBeHidden();
    await expect(page.getByText(/^Spellkave, tick \d{1,3}$/)).toBeVisible();
  } finally {
    await host.stop();
  }
  await expect(state(page)).toContainText('Connection lost:');
});

test('a published page asks the reader’s machine for nothing before a click', async ({
  page,
  context,
  site,
  world,
}) => {
  await context.grantPermissions(['local-network-access']);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('websocket', (socket) => asked.push(socket.url()));
  const published = 'https://spellkave.example';
  await page.route(`${published}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    await route.fulfill({ response: await page.request.get(`${site}${pathname}`) });
  });
  await page.goto(`${published}${addressOf(world.host.url, world.database, world.owner.token)}`);
  await expect(state(page)).toContainText('A recording.');
  await seeMove(page);
  expect(asked.filter((url) => !url.startsWith(published))).toEqual([]);

  await page.getByRole('button', { name: `Connect to ${world.host.url}` }).click();
  await expect(state(page)).toContainText('Live:');
  await expect(mind(page, 'Stopped')).toBeEnabled();
  expect(asked.some((url) => url.includes(new URL(world.host.url).host))).toBe(true);
});

test('the recording is steered by keyboard, by its mind buttons and by links', async ({ page }) => {
  await page.goto('/live/#t=40');
  const slider = page.getByRole('slider', { name: 'Moment' });
  const at = async () => Number(await slider.inputValue());
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await expect.poll(at).toBe(40_000);
  await expect(mind(page, 'Stopped')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('[data-part="narration"]')).toContainText(
    /^All minds are stopped for \d+ s\. \d+ agents wait/,
  );
  await expect(page.locator('[data-part="open"] .caption')).toHaveText('minds stopped');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('.');
  await expect.poll(at).toBe(41_100);
  await mind(page, 'Normal').click();
  await expect(mind(page, 'Normal')).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(at).toBeGreaterThan(55_000);
  await slider.fill('20000');
  await expect.poll(at).toBe(20_000);
  // Agents without a place would be drawn in the corner.
  const corner = () =>
    page.locator('canvas.dots').evaluate((canvas: HTMLCanvasElement) => {
      const copy = new OffscreenCanvas(6, 6).getContext('2d')!;
      copy.drawImage(canvas, 0, 0);
      const pixels = copy.getImageData(0, 0, 6, 6).data;
      return pixels.every((value) => value === 0);
    });
  await page.waitForTimeout(500);
  expect(await corner()).toBe(true);
  await page.getByLabel('Speed').selectOption('8');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(at).not.toBe(20_000);
  await page.getByRole('button', { name: 'Copy a link to this moment' }).click();
  expect(page.url()).toMatch(/#t=\d+\.\d$/);
});
