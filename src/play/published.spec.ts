import { expect, test } from '../live/live.fixture.ts';

test('a published page asks the player’s machine for nothing before they enter, and not after a reload either', async ({
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
  const elsewhere = () => asked.filter((url) => !url.startsWith(published));
  await page.route(`${published}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    await route.fulfill({ response: await page.request.get(`${site}${pathname}`) });
  });
  const host = new URL(world.host.url).host;
  await page.goto(`${published}/play/#host=${world.host.url}&database=${world.database}`);
  await expect(page.getByLabel('What are you called?')).toBeVisible();
  await page.waitForTimeout(1_000);
  expect(elsewhere()).toEqual([]);

  await page.getByLabel('What are you called?').fill('Nils');
  await page.getByRole('button', { name: 'Enter the world' }).click();
  await expect(page.getByRole('log', { name: 'Transcript' })).toContainText('You are Nils.');
  expect(elsewhere().some((url) => url.includes(host))).toBe(true);

  asked.length = 0;
  await page.reload();
  await expect(page.getByRole('button', { name: 'Continue as Nils' })).toBeVisible();
  await page.waitForTimeout(1_000);
  expect(elsewhere()).toEqual([]);
});
