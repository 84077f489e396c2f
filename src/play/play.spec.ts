import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { memoryTokens } from '../../spike/client/token-store.ts';
import { interrupt, startScript } from '../../spike/program.fixture.ts';
import { rules } from '../../spike/thinker/rules.ts';
import { startThinker } from '../../spike/thinker/thinker.ts';
import { expect, test } from '../live/live.fixture.ts';

const SCRIPT_LIMIT_KB = 150;
const LEAST_TARGET_PX = 44;

const transcript = (page: Page) => page.getByRole('log', { name: 'Transcript' });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function enter(page: Page, world: { host: { url: string }; database: string }, name: string): Promise<void> {
  await page.goto(`/play/#host=${world.host.url}&database=${world.database}`);
  await page.getByLabel('What are you called?').fill(name);
  await press(page, 'Enter the world');
  await expect(transcript(page)).toContainText(`You are ${name}.`);
}

test.beforeEach(async ({ world }) => {
  // Agents must not come and go by routine here.
  await world.call('set_tempo', [100, 60_000, 0]);
});

test('a page, a text client and an agent talk in one room, and nobody types in the page', async ({
  page,
  world,
  folder,
}) => {
  const { host, database } = world;
  const token = join(folder, 'ada.json');
  const where = ['--url', host.url, '--database', database, '--name', 'Ada', '--token-file', token];
  const ada = startScript('spike/text/main.ts', where);
  const tokens = memoryTokens((await world.account('Thinker')).token);
  const thinker = startThinker({
    ...{ url: host.url, database, tokens, mind: rules, concurrency: 1, timeoutMs: 5_000, log: () => {} },
  });
  try {
    await expect.poll(ada.output, { timeout: 20_000 }).toContain('The Salt Gate.');
    await enter(page, world, 'Nils');
    await press(page, '“Good day.”');
    await expect.poll(ada.output).toContain('Nils says: Good day.');
    ada.child.stdin.write('say Welcome, Nils.\n');
    await expect(transcript(page)).toContainText('Ada says: Welcome, Nils.');

    await page.getByRole('combobox', { name: 'Somebody here' }).selectOption('Ada');
    await press(page, 'Give 1 gold');
    await expect.poll(ada.output).toContain('Nils gives 1 gold to you');
    await press(page, 'north');
    await expect(page.getByRole('heading', { name: 'Nils, at The Market' })).toBeVisible();
    ada.child.stdin.write('north\n');
    await expect(transcript(page)).toContainText('Ada comes from The Salt Gate.');
    await press(page, 'What it has');
    await expect(transcript(page)).toContainText('Odo keeps this stall:');
    await page.getByRole('combobox', { name: 'Somebody here' }).selectOption('Odo');
    await press(page, 'Ask: What is the news?');
    await expect(transcript(page)).toContainText('Odo answers you: ', { timeout: 15_000 });
    await expect.poll(ada.output).toContain('Odo answers Nils: ');
  } finally {
    await interrupt(ada);
    await thinker.stop();
  }
});

test('typed commands complete, come back from the history, and say what went wrong', async ({ page, world }) => {
  await enter(page, world, 'Nils');
  const line = page.getByLabel('Command');
  await line.pressSequentially('no');
  await expect(page.getByRole('group', { name: 'What fits next' }).getByRole('button')).toHaveText(['north']);
  await line.press('Tab');
  await expect(line).toHaveValue('north ');
  await line.press('Enter');
  await expect(page.getByRole('heading', { name: 'Nils, at The Market' })).toBeVisible();
  await line.fill('go through the wall');
  await line.press('Enter');
  await expect(transcript(page)).toContainText(`You can't go: no exit leads "through the wall" from here.`);
  await line.press('ArrowUp');
  await expect(line).toHaveValue('go through the wall');
  await line.fill('');
  await line.press('Tab');
  await expect(line).not.toBeFocused();
});

test('the transcript and the person outlast a reload, and another tab is somebody else', async ({
  page,
  context,
  world,
}) => {
  await enter(page, world, 'Nils');
  await page.getByLabel('Command').fill("'The tide is late.");
  await press(page, 'Send');
  await expect(transcript(page)).toContainText('You say: The tide is late.');
  const other = await context.newPage();
  await enter(other, world, 'Ada');
  await expect(transcript(other)).not.toContainText('The tide is late.');

  await page.reload();
  await expect(page.getByRole('heading', { name: 'Nils, at The Salt Gate' })).toBeVisible();
  await expect(transcript(page)).toContainText('You say: The tide is late.');
  await other.getByLabel('Command').fill("'Is it?");
  await press(other, 'Send');
  await expect(transcript(page)).toContainText('Ada says: Is it?');
  expect(await world.sql('SELECT * FROM player')).toHaveLength(2);

  await press(other, 'Leave');
  await press(other, 'Continue as Nils');
  await expect(transcript(other)).toContainText('You are Nils.');
  await other.close();
});

test('a name that the world rejects, and a host that is not there, are named at the door', async ({ page, world }) => {
  await page.goto(`/play/#host=${world.host.url}&database=${world.database}`);
  await page.getByLabel('What are you called?').fill('Mira');
  await press(page, 'Enter the world');
  await expect(page.getByRole('alert')).toContainText("You can't enter as Mira: somebody is called Mira already");
  await page.getByLabel('What are you called?').fill('Nils');
  await press(page, 'Enter the world');
  await expect(transcript(page)).toContainText('You are Nils.');

  await page.goto('about:blank');
  await page.goto('/play/#host=http://127.0.0.1:9');
  await page.getByLabel('What are you called?').fill('Nils');
  await press(page, 'Enter the world');
  await expect(page.getByRole('alert')).toContainText('No world answers at http://127.0.0.1:9: npm start starts one.');
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`in ${colorScheme}, at both widths, it is accessible, fits, and is easy to hit`, async ({ page, world }) => {
    await page.emulateMedia({ colorScheme });
    let scripts = 0;
    page.on('response', (response) => {
      if (response.request().resourceType() !== 'script') return;
      scripts += gzipSync(readFileSync(`dist${new URL(response.url()).pathname}`)).length / 1_000;
    });
    await enter(page, world, colorScheme === 'light' ? 'Nils' : 'Ada');
    expect(scripts).toBeLessThanOrEqual(SCRIPT_LIMIT_KB);
    await page.getByRole('combobox', { name: 'Somebody here' }).selectOption({ index: 1 });
    await expect(page.getByLabel('What are you called?')).toBeHidden();
    await page.getByLabel('Command').fill('s');
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      await page.screenshot({ path: `test-results/shots/play-${colorScheme}-${width}.png`, fullPage: true });
      const { violations } = await new AxeBuilder({ page }).include('.play').analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
      const small = await page.evaluate((least) => {
        const targets = [...document.querySelectorAll<HTMLElement>('.play :is(button, input, select)')];
        const boxes = targets
          .filter((each) => each.checkVisibility())
          .map((each) => [each.textContent, each.getBoundingClientRect()] as const);
        return boxes.filter(([, { width, height }]) => width < least || height < least).map(([name]) => name);
      }, LEAST_TARGET_PX);
      expect(small).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
    console.log(`/play/ loads ${scripts.toFixed(0)} kB of script, gzipped`);
  });
