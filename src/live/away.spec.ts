import { mergeTests } from 'playwright/test';
import { expect, test as world } from '../../spike/relay/border.fixture.ts';
import { test as site } from '../site-tests/site.fixture.ts';
import { addressOf, place } from './live.fixture.ts';

const test = mergeTests(site, world);

test('those who have left for another region are in no place: residents are away, and visitors are gone', async ({
  page,
  border,
  world,
}) => {
  const { north, south } = border;
  const mira = await world.player('Mira');
  border.relay();
  for (const region of [north, south]) await expect.poll(() => region.sql('SELECT * FROM peer')).toHaveLength(1);
  const other = await page.context().newPage();
  await page.goto(addressOf(world.host.url, north.database));
  await other.goto(addressOf(world.host.url, south.database));
  await expect(place(page, 'North Gate')).toHaveAccessibleName('North Gate 3 here');
  await expect(page.getByText('away, in another region')).toBeHidden();

  await north.call('act', [{ Go: 'over' }], mira);
  await expect(place(page, 'North Gate')).toHaveAccessibleName('North Gate 2 here');
  await expect(page.getByText('1 agent is away, in another region.')).toBeVisible();
  await expect(place(other, 'South Gate')).toHaveAccessibleName('South Gate 3 here');

  await south.call('act', [{ Go: 'over' }], mira);
  await expect(place(page, 'North Gate')).toHaveAccessibleName('North Gate 3 here');
  await expect(page.getByText('away, in another region')).toBeHidden();
  await expect(place(other, 'South Gate')).toHaveAccessibleName('South Gate 2 here');
  await expect(other.getByText('away, in another region')).toBeHidden();
});
