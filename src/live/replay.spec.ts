import AxeBuilder from '@axe-core/playwright';
import { startHost } from '../../spike/host/host.ts';
import { buildModule } from '../../spike/host/module.ts';
import { freePort } from '../../spike/host/port.ts';
import { DATABASE, raiseWorld } from '../../spike/start/world.ts';
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
  await expect(mind(page, 'Stopped')).toBeDisabled();
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
