import { OwnerChannel } from '../../spike/start/owner-channel.ts';
import { test as base, expect, mind, state } from './live.fixture.ts';

const test = base.extend<{ door: OwnerChannel }>({
  door: async ({ world, site }, use) => {
    const welcome = { host: world.host.url, database: world.database, token: world.owner.token };
    const channel = await OwnerChannel.open({ origin: site, welcome, onOpened: () => {}, answers: {} });
    await use(channel);
    await channel.close();
  },
});

test('the address of npm start makes its first visitor the owner, and nobody after that', async ({
  page,
  browser,
  site,
  world,
  door,
}) => {
  const address = `${site}/live/#${door.fragment}`;
  const sent: string[] = [];
  page.on('request', (request) => {
    if (JSON.stringify(request.headers()).includes(world.owner.token)) sent.push(new URL(request.url()).host);
  });
  await page.goto(address);
  await expect(mind(page, 'Stopped')).toBeEnabled();
  expect(page.url()).not.toMatch(/open=|token=/);
  expect(page.url()).toContain(world.database);
  await page.reload();
  await expect(mind(page, 'Stopped')).toBeEnabled();
  expect([...new Set(sent)]).toEqual([new URL(world.host.url).host]);

  const other = await browser.newPage();
  await other.goto(address);
  await expect(other.getByText(/^You are not let in as the owner: this address was used before/)).toBeVisible();
  await other.goto(`${site}/live/#${door.fragment}`);
  await expect(state(other)).toContainText(`Live: ${world.database}`);
  await expect(mind(other, 'Stopped')).toBeEnabled();
  await other.close();
});

test('the owner’s page says when the machine is late, and not the world', async ({ page, site, world }) => {
  let lateMs = 120;
  const look = () => ({
    ...{ hostIsUp: true, thinkers: [true], lies: false, lateMs, whole: { doubled: 0, halves: 0 } },
    thoughts: { era: 1, next: 0, steps: [] },
  });
  const welcome = { host: world.host.url, database: world.database, token: world.owner.token };
  const channel = await OwnerChannel.open({ origin: site, welcome, onOpened: () => {}, answers: { look } });
  try {
    await page.goto(`${site}/live/#${channel.fragment}`);
    const words = page.getByText('This machine is busy: a timer outside the world was 120 ms late too');
    await expect(words).toBeVisible();
    lateMs = 5;
    await expect(words).toBeHidden();
  } finally {
    await channel.close();
  }
});
