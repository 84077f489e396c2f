import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { memoryTokens } from '../../spike/client/token-store.ts';
import { freePort } from '../../spike/host/port.ts';
import { OwnerChannel } from '../../spike/start/owner-channel.ts';
import { DATABASE } from '../../spike/start/region.ts';
import { ThoughtWatch } from '../../spike/start/thought-watch.ts';
import { rules } from '../../spike/thinker/rules.ts';
import { startThinker } from '../../spike/thinker/thinker.ts';
import { addressOf, expect, place, state, test } from './live.fixture.ts';

const LEAST_TARGET_PX = 44;

const figure = (page: Page, name: string) => page.locator(`.agent dt:text-is("${name}") + dd`);
const picked = (page: Page) => page.locator('[data-part="agent-name"]');
const said = (page: Page) => page.locator('[data-part="agent-said"]');
const person = (page: Page, name: string) => page.locator('.people').getByRole('button', { name, exact: true });
const thoughts = (page: Page) => page.locator('[data-part="agent-thoughts"] li');

async function find(page: Page, name: string): Promise<void> {
  await page.getByLabel(/^Pick a dot/).fill(name);
  await page.keyboard.press('Enter');
}

test.beforeEach(async ({ world }) => {
  // Nobody comes and goes by routine, so that what the page says can be compared with the world.
  await world.call('set_tempo', [100, 60_000, 0]);
});

test('by keyboard a reader picks somebody in a place, and hears who that is', async ({ page, world }) => {
  await page.goto(addressOf(world.host.url, world.database));
  await expect(state(page)).toContainText('Live:');
  await place(page, 'The Market').press('Enter');
  await person(page, 'Odo').press('Enter');
  await expect(picked(page)).toHaveText('Odo');
  await expect(person(page, 'Odo')).toHaveAttribute('aria-pressed', 'true');
  await expect(person(page, 'Odo')).toBeFocused();
  await expect(figure(page, 'is at')).toHaveText('The Market');
  await expect(figure(page, 'routine')).toHaveText('at home');
  await expect(figure(page, 'goes next to')).toHaveText('nowhere, it stays');
  await expect(figure(page, 'has')).toHaveText('60 gold, 6 salt, 4 flour');
  await expect(said(page)).toHaveText(
    'Odo: at home, at The Market, goes next to: nowhere, it stays, has 60 gold, 6 salt, 4 flour.',
  );

  const nils = await world.player('Nils');
  await world.call('act', [{ Go: 'north' }], nils);
  await world.call('act', [{ Buy: { good: 'salt', quantity: 1, gold: 100 } }], nils);
  await expect(figure(page, 'has')).toHaveText(/^6\d gold, 5 salt, 4 flour$/);
  await page.getByRole('button', { name: 'Pick nobody' }).click();
  await expect(picked(page)).toHaveText('Nobody picked');
});

test('by name a reader finds somebody anywhere, and sees the round and the next stop', async ({ page, world }) => {
  await page.goto(addressOf(world.host.url, world.database));
  await expect(state(page)).toContainText('Live:');
  await find(page, 'nobody at all');
  await expect(page.getByText('Nobody here has a name that begins with “nobody at all”.')).toBeVisible();
  await find(page, 'tams');
  await expect(picked(page)).toHaveText('Tamsin');
  await expect(figure(page, 'routine')).toHaveText('on a round: The Salt Gate, The Causeway, The Mudbank, The Harbour');
  const [row] = await world.sql("SELECT id FROM agent_profile WHERE name = 'Tamsin'");
  const before = await figure(page, 'is at').textContent();
  const next = (await figure(page, 'goes next to').textContent()) ?? '';
  await world.call('set_tempo', [100, 20, 0]);
  await expect(figure(page, 'is at')).not.toHaveText(before ?? '');
  await world.call('set_tempo', [100, 60_000, 0]);
  const [agent] = await world.sql(`SELECT place FROM agent WHERE id = ${String(row?.['id'])}`);
  const [where] = await world.sql(`SELECT name FROM place WHERE id = ${String(agent?.['place'])}`);
  await expect(figure(page, 'is at')).toHaveText(String(where?.['name']));
  expect(['The Salt Gate', 'The Causeway', 'The Mudbank', 'The Harbour']).toContain(next);
});

test('a click on a dot picks its agent', async ({ page, world }) => {
  await page.setViewportSize({ width: 1280, height: 1_400 });
  await page.goto(addressOf(world.host.url, world.database));
  await expect(state(page)).toContainText('Live:');
  await place(page, 'The Market').click({ position: { x: 1, y: 1 } });
  await expect(person(page, 'Odo')).toBeVisible();
  const names = await page.locator('.people button').allTextContents();
  expect(names.length).toBeGreaterThan(0);
  const circle = (await place(page, 'The Market').locator('.circle').boundingBox())!;
  // The first seat of a place is to the right of its centre.
  await page.mouse.click(circle.x + circle.width / 2 + 0.22 * (circle.width / 2), circle.y + circle.height / 2);
  await expect(picked(page)).not.toHaveText('Nobody picked');
  expect(names).toContain(await picked(page).textContent());
});

test('the owner sees the life of a thought, and a visitor only what became of it', async ({ page, site, world }) => {
  const { host, database } = world;
  const thinking = await world.account('Thinker');
  const at = { url: host.url, database };
  const tokens = memoryTokens(thinking.token);
  const thinker = startThinker({ ...at, tokens, mind: rules, concurrency: 1, timeoutMs: 5_000, log: () => {} });
  const watch = new ThoughtWatch({ ...at, token: (await world.account('Thinker')).token });
  const look = (asked: unknown) => ({
    ...{ hostIsUp: true, thinkers: [true], lies: false, lateMs: 0, whole: watch.wholeness() },
    thoughts: watch.news(asked as { era: number; next: number }),
  });
  const welcome = { host: host.url, database, token: world.owner.token };
  const door = await OwnerChannel.open({ origin: site, welcome, onOpened: () => {}, answers: { look } });
  try {
    await page.goto(`/live/#${door.fragment}`);
    await expect(page.getByRole('heading', { name: 'Break something' })).toBeVisible();
    await find(page, 'Odo');
    await expect(thoughts(page)).toHaveText('None seen yet.');
    const nils = await world.player('Nils');
    await world.call('act', [{ Go: 'north' }], nils);
    const [odo] = await world.sql("SELECT id FROM agent_profile WHERE name = 'Odo'");
    await world.call('ask', [Number(odo?.['id']), 'What is the news?'], nils);
    await expect(thoughts(page).first()).toHaveText(
      /Thought \d+, Nils asked: asked, leased after \d+\.\d s, done after \d+\.\d s\. Odo answers Nils: /,
      { timeout: 15_000 },
    );

    const visitor = await page.context().newPage();
    await visitor.goto(`${site}${addressOf(host.url, database)}`);
    await expect(state(visitor)).toContainText('Live:');
    await find(visitor, 'Odo');
    await expect(thoughts(visitor).first()).toHaveText(/Thought \d+, Nils asked: done\. Odo answers Nils: /);
    await expect(visitor.getByText('Only the owner’s page learns when a thought was asked')).toBeVisible();
    await visitor.close();
  } finally {
    await door.close();
    watch.close();
    await thinker.stop();
  }
});

test('the recording has the life of thoughts too, from its start again after each round', async ({ page }) => {
  await page.goto(`/live/#t=85&host=http://127.0.0.1:${await freePort()}&database=${DATABASE}`);
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  const name = (await page.locator('.feed li strong').first().textContent()) ?? '';
  await find(page, name);
  await expect(picked(page)).toHaveText(name);
  // The steps of the newest thought may come a moment after its event, as they do for an owner.
  const lives = thoughts(page).filter({ hasText: /Thought \d+, .+: asked, leased after \d+\.\d s, done after/ });
  await expect(lives.first()).toBeVisible();
  await expect(figure(page, 'has')).toHaveText(/\d+ gold|nothing/);
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`in ${colorScheme}, by touch, people are easy to hit and the page is accessible`, async ({
    browser,
    site,
    world,
  }) => {
    const context = await browser.newContext({ baseURL: site, hasTouch: true, isMobile: true, colorScheme });
    const page = await context.newPage();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(addressOf(world.host.url, world.database));
    await expect(state(page)).toContainText('Live:');
    // A narrow map leaves the articles out.
    await place(page, 'Market').tap();
    await person(page, 'Odo').tap();
    await expect(picked(page)).toHaveText('Odo');
    for (const button of await page.locator('.people button').all()) {
      const { width = 0, height = 0 } = (await button.boundingBox()) ?? {};
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(LEAST_TARGET_PX);
    }
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      const { violations } = await new AxeBuilder({ page }).include('.live').analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      await page.screenshot({ path: `test-results/shots/agent-${colorScheme}-${width}.png`, fullPage: true });
    }
    await context.close();
  });
