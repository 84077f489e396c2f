import { mergeTests, type Page } from 'playwright/test';
import { test as world } from '../../spike/fixture.ts';
import { test as site } from '../site-tests/site.fixture.ts';

/** The built site and a real world, for tests of the page that shows one in the other. */
export const test = mergeTests(site, world);
export { expect } from 'playwright/test';

/** The page's address for a world, as `npm start` prints it. */
export function addressOf(host: string, database: string, token?: string): string {
  return `/live/#host=${host}&database=${database}${token ? `&token=${token}` : ''}`;
}

/** What the page says it shows. */
export const state = (page: Page) => page.getByRole('status');

export const mind = (page: Page, mode: string) => page.getByRole('button', { name: mode, exact: true });

export const place = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^${name} [\\d,]+ here$`) });

/** How many are in each place, as the list of places says. */
export async function counts(page: Page): Promise<number[]> {
  return (await page.locator('.map .count').allTextContents()).map(Number);
}

/** Waits until somebody has moved. */
export async function seeMove(page: Page): Promise<void> {
  const before = await counts(page);
  await test.expect.poll(() => counts(page)).not.toEqual(before);
}
