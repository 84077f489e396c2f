import { mergeTests, type Page } from 'playwright/test';
import { expect, test as world } from '../../spike/relay/border.fixture.ts';
import { test as site } from '../site-tests/site.fixture.ts';

const test = mergeTests(site, world);

const transcript = (page: Page) => page.getByRole('log', { name: 'Transcript' });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const times = (text: string, part: string) => text.split(part).length - 1;

for (const width of [390, 1280])
  test(`at ${width} px the page follows its person over the border and back`, async ({ page, border, world }) => {
    const { north, south, api, porter } = border;
    for (const [here, there] of [
      [north, south],
      [south, north],
    ] as const)
      await here.call('greet', [(await there.sql('SELECT * FROM region'))[0]], porter);
    await page.setViewportSize({ width, height: 844 });
    const regions = [north, south].map(({ database }) => `${world.host.url}/${database}`);
    await page.goto(`/play/#regions=${regions.join(',')}`);
    await page.getByLabel('What are you called?').fill('Mira');
    await press(page, 'Enter the world');
    await expect(page.getByRole('heading', { name: 'Mira, at North Gate, in North' })).toBeVisible();
    await press(page, 'over');
    await expect(page.getByRole('heading', { name: 'Mira, at the border to South' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'over', exact: true })).toBeHidden();
    await page.getByLabel('Command').fill("'Hello?");
    await press(page, 'Send');
    await expect(transcript(page)).toContainText("You can't say: you are at the border to South");
    await page.screenshot({ path: `test-results/shots/play-border-${width}.png`, fullPage: true });
    await page.reload();
    await expect(page.getByRole('heading', { name: 'at the border to South' })).toBeVisible();

    border.relay();
    await expect(page.getByRole('heading', { name: 'Mira, at South Gate, in South' })).toBeVisible();
    const sif = await api.createAccount();
    await south.call('join', ['Sif'], sif);
    await south.call('act', [{ Say: 'Welcome, Mira.' }], sif);
    await expect(transcript(page)).toContainText('Sif says: Welcome, Mira.');
    await page.getByRole('combobox', { name: 'Somebody here' }).selectOption('Sif');
    await press(page, 'Give 1 gold');
    await expect(transcript(page)).toContainText('You give 1 gold to Sif');
    await press(page, 'Who plays');
    await expect(transcript(page)).toContainText('you, from North, at South Gate');
    await page.getByLabel('Command').fill('ov');
    await expect(page.getByRole('group', { name: 'What fits next' }).getByRole('button')).toHaveText(['over']);
    await page.screenshot({ path: `test-results/shots/play-abroad-${width}.png`, fullPage: true });

    await page.getByLabel('Command').fill('over');
    await press(page, 'Send');
    await expect(page.getByRole('heading', { name: 'Mira, at North Gate, in North' })).toBeVisible();
    const text = (await transcript(page).textContent()) ?? '';
    for (const line of [
      'You leave for South.',
      'You arrive in South.',
      'Sif says: Welcome, Mira.',
      'You arrive in North.',
    ])
      expect([line, times(text, line)]).toEqual([line, 1]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
